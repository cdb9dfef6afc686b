var f=require("./shared.cjs");var m=require("./report-text.cjs");var c=f;var n=f;var r=m;var l=require("./core.cjs");var $=2e3,R={error:"ERROR",warning:"WARNING",info:"INFO"};function*x(e){yield`{
  "source": ${(0,r.c$1)({name:"meshlint",url:l.a$40})},
  "diagnostics": [`;let o="";for(let a of e.findings)yield`${o}
    ${(0,r.c$1)(h(a))}`,o=",";yield e.findings.length===0?`]
}
`:`
  ]
}
`}function h({rule:e,severity:o,message:a,location:t,related:i,fix:s,url:d}){let p=s&&j(s,t.file);return{message:`${(0,r.a$1)((0,r.d$1)(a,$))}${(0,c.a$17)(t)}`,location:g(t),severity:R[o],code:d===""?{value:e.id}:{value:e.id,url:d},suggestions:p&&[p],relatedLocations:i.length===0?void 0:i.map(u=>({message:(0,r.a$1)((0,r.d$1)(u.message,$)),location:g(u.location)}))}}function g(e){return{path:(0,n.c$16)(e.file),range:b(e)??y(e)}}function y(e){return{start:{line:e.start.line},end:{line:(0,m.b$2)(e)}}}function b({start:e,end:o,lines:a}){let t=v(e,a[0]),i=v(o,a[o.line-e.line]);if(!(t===void 0||i===void 0))return{start:{line:e.line,column:t},end:{line:o.line,column:i}}}function v({column:e},o){return e===1?1:o===void 0||o.length<e-1?void 0:(0,f.a$12)(o.slice(0,e-1))+1}function j({safety:e,edits:o},a){let[t,...i]=o;if(e!=="safe"||t?.replacement===void 0||i.length>0||t.location.file!==a)return;let s=b(t.location);return s===void 0||(0,n.c$16)(t.replacement)!==t.replacement?void 0:{range:s,text:t.replacement}}module.exports={reportRdjson:x};
