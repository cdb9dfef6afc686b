var c=require("./core.cjs");var t=require("./report-text.cjs");var m=1;function*g(o,e){let n={name:"meshlint",version:e.version,url:c.a$30};yield`{
  "version": ${String(m)},
  "tool": ${(0,t.c$1)(n)},
  "summary": ${(0,t.c$1)(x(o.summary))},
`,yield*y("notifications",o.notifications,({level:i,kind:s,message:r,file:a})=>({level:i,kind:s,message:r,file:a})),yield`,
`,yield*y("findings",o.findings,i=>O(i,e)),yield`
}
`}function*y(o,e,n){yield`  "${o}": [`;let i="";for(let s of e)yield`${i}
    ${(0,t.c$1)(n(s))}`,i=",";yield e.length===0?"]":`
  ]`}function x({files:o,resources:e,skipped:n,unknown:i,suppressed:s}){let r=Object.entries(i).map(([a,l])=>[a,V(Object.values(l))]);return{files:o,resources:e,skipped:$(Object.entries(n)),unknown:$(r),suppressed:s}}function $(o){return Object.fromEntries([...o].sort(([e],[n])=>(0,t.e$1)(e,n)))}function V(o){let e=0;for(let n of o)e+=n;return e}function O(o,{docs:e}){let{rule:n,severity:i,message:s,resource:r,location:a,path:l,related:f,fix:d,equivalents:v,fingerprint:k,url:b}=o;return{rule:n.id,title:n.title,category:n.category,severity:i,message:s,help:e.get(n.id)?.help??"",equivalents:v.map(({tool:p,code:j,reference:h})=>({tool:p,code:j,reference:h})),resource:r&&{apiVersion:r.apiVersion,kind:r.kind,namespace:r.namespace,name:r.name},location:u(a),path:l,related:f.map(p=>({message:p.message,location:u(p.location)})),fix:d&&J(d),fingerprint:k,url:b}}function u({file:o,start:e,end:n}){return{file:o,line:e.line,column:e.column,endLine:n.line,endColumn:n.column}}function J({title:o,safety:e,edits:n}){return{title:o,safety:e,edits:n.map(({op:i,location:s,to:r,key:a,value:l,replacement:f})=>({op:i,location:u(s),to:r&&u(r),key:a,value:l,replacement:f}))}}module.exports={jsonVersion:m,reportJson:g};
