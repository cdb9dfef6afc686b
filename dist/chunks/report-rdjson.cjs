var f=require("./shared.cjs");var n=f;var m=require("./report-text.cjs");var c=f;var o=m;var l=require("./core.cjs");var $=2e3,R={error:"ERROR",warning:"WARNING",info:"INFO"};function*x(e){yield`{
  "source": ${(0,o.d$1)({name:"meshlint",url:l.a$43})},
  "diagnostics": [`;let r="";for(let a of e.findings)yield`${r}
    ${(0,o.d$1)(h(a))}`,r=",";yield e.findings.length===0?`]
}
`:`
  ]
}
`}function h({rule:e,severity:r,message:a,location:t,related:i,fix:s,url:d}){let p=s&&j(s,t.file);return{message:`${(0,o.a$1)((0,o.e$1)(a,$))}${(0,c.a$21)(t)}`,location:g(t),severity:R[r],code:d===""?{value:e.id}:{value:e.id,url:d},suggestions:p&&[p],relatedLocations:i.length===0?void 0:i.map(u=>({message:(0,o.a$1)((0,o.e$1)(u.message,$)),location:g(u.location)}))}}function g(e){return{path:(0,n.c$20)(e.file),range:b(e)??y(e)}}function y(e){return{start:{line:e.start.line},end:{line:(0,m.b$2)(e)}}}function b({start:e,end:r,lines:a}){let t=v(e,a[0]),i=v(r,a[r.line-e.line]);if(!(t===void 0||i===void 0))return{start:{line:e.line,column:t},end:{line:r.line,column:i}}}function v({column:e},r){return e===1?1:r===void 0||r.length<e-1?void 0:(0,f.a$16)(r.slice(0,e-1))+1}function j({safety:e,edits:r},a){let[t,...i]=r;if(e!=="safe"||t?.replacement===void 0||i.length>0||t.location.file!==a)return;let s=b(t.location);return s===void 0||(0,n.c$20)(t.replacement)!==t.replacement?void 0:{range:s,text:t.replacement}}module.exports={reportRdjson:x};
