var c=require("./shared.cjs");var m=require("./report-text.cjs");var i=c;var l=require("./core.cjs");var t=m;var u=2e3,x={error:"ERROR",warning:"WARNING",info:"INFO"};function*v(e){yield`{
  "source": ${(0,t.c$1)({name:"meshlint",url:l.a$30})},
  "diagnostics": [`;let o="";for(let a of e.findings)yield`${o}
    ${(0,t.c$1)(R(a))}`,o=",";yield e.findings.length===0?`]
}
`:`
  ]
}
`}function R({rule:e,severity:o,message:a,location:r,related:n,fix:s,url:f}){let d=s&&y(s,r.file);return{message:(0,t.a$1)((0,t.d$1)(a,u)),location:$(r),severity:x[o],code:f===""?{value:e.id}:{value:e.id,url:f},suggestions:d&&[d],relatedLocations:n.length===0?void 0:n.map(p=>({message:(0,t.a$1)((0,t.d$1)(p.message,u)),location:$(p.location)}))}}function $(e){return{path:(0,i.c$7)(e.file),range:b(e)??h(e)}}function h(e){return{start:{line:e.start.line},end:{line:(0,m.b$2)(e)}}}function b({start:e,end:o,lines:a}){let r=g(e,a[0]),n=g(o,a[o.line-e.line]);if(!(r===void 0||n===void 0))return{start:{line:e.line,column:r},end:{line:o.line,column:n}}}function g({column:e},o){return e===1?1:o===void 0||o.length<e-1?void 0:(0,c.a$3)(o.slice(0,e-1))+1}function y({safety:e,edits:o},a){let[r,...n]=o;if(e!=="safe"||r?.replacement===void 0||n.length>0||r.location.file!==a)return;let s=b(r.location);return s===void 0||(0,i.c$7)(r.replacement)!==r.replacement?void 0:{range:s,text:r.replacement}}module.exports={reportRdjson:v};
