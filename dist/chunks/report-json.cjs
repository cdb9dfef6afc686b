var s=require("./report-text.cjs");var c=require("./core.cjs");var u=1;function*g(o,e){let n={name:"meshlint",version:e.version,url:c.a$43};yield`{
  "version": ${String(u)},
  "tool": ${(0,s.d$1)(n)},
  "summary": ${(0,s.d$1)(h(o.summary))},
`,yield*y("notifications",o.notifications,({level:r,kind:t,message:i,file:a})=>({level:r,kind:t,message:i,file:a})),yield`,
`,yield*y("findings",o.findings,r=>O(r,e)),yield`
}
`}function*y(o,e,n){yield`  "${o}": [`;let r="";for(let t of e)yield`${r}
    ${(0,s.d$1)(n(t))}`,r=",";yield e.length===0?"]":`
  ]`}function h({files:o,resources:e,skipped:n,unknown:r,suppressed:t,known:i}){let a=Object.entries(r).map(([l,p])=>[l,V(Object.values(p))]);return{files:o,resources:e,skipped:$(Object.entries(n)),unknown:$(a),suppressed:t,known:i}}function $(o){return Object.fromEntries([...o].sort(([e],[n])=>(0,s.f$1)(e,n)))}function V(o){let e=0;for(let n of o)e+=n;return e}function O(o,{docs:e}){let{rule:n,severity:r,message:t,resource:i,location:a,path:l,related:p,fix:d,equivalents:k,fingerprint:v,url:b}=o;return{rule:n.id,title:n.title,category:n.category,severity:r,message:t,help:e.get(n.id)?.help??"",equivalents:k.map(({tool:m,code:j,reference:x})=>({tool:m,code:j,reference:x})),resource:i&&{apiVersion:i.apiVersion,kind:i.kind,namespace:i.namespace,name:i.name},location:f(a),path:l,related:p.map(m=>({message:m.message,location:f(m.location)})),fix:d&&w(d),fingerprint:v,url:b}}function f({file:o,start:e,end:n,approximate:r,renderedFrom:t}){return{file:o,line:e.line,column:e.column,endLine:n.line,endColumn:n.column,approximate:r,renderedFrom:t}}function w({title:o,safety:e,edits:n}){return{title:o,safety:e,edits:n.map(({op:r,location:t,to:i,key:a,value:l,replacement:p})=>({op:r,location:f(t),to:i&&f(i),key:a,value:l,replacement:p}))}}module.exports={jsonVersion:u,reportJson:g};
