var p=require("./report-text.cjs");var s=p;var l=require("./core.cjs");var f=["RULE","SEVERITY","CATEGORY","PRESET","EQUIVALENTS","FAULT"];function v(e,{color:t}){let a=(0,p.a$4)(t),u=e.map(r=>({severity:r.severity,cells:y(r)})),d=f.map((r,o)=>Math.max(r.length,...u.map(({cells:i})=>(i[o]??"").length))),m=(r,o)=>{let i=r.length-1;return r.map((n,c)=>`${o(n,c)}${c===i?"":" ".repeat((d[c]??0)-n.length+2)}`).join("")};return`${[m(f,a.strong),...u.map(({severity:r,cells:o})=>m(o,(i,n)=>n===1?a.severity(r,i):i))].join(`
`)}
`}function y(e){let t=(e.equivalents??[]).map(({code:a})=>a).join(", ");return[e.id,e.severity,e.category,b(e),t===""?"-":t,e.title].map(s.a$1)}function b({presets:e}){return["recommended","strict"].find(t=>e.includes(t))??"all"}function $(e){return e.length===0?`[]
`:`[
${e.map(t=>`  ${(0,s.c$1)(g(t))}`).join(`,
`)}
]
`}function g(e){return{id:e.id,title:e.title,category:e.category,severity:e.severity,securitySeverity:e.securitySeverity,presets:[...e.presets,"all"],preview:e.preview,since:e.since,istio:e.istio,equivalents:(e.equivalents??[]).map(({tool:t,code:a})=>({tool:t,code:a})),aliases:e.aliases??[],options:Object.entries(e.options??{}).map(([t,a])=>({name:t,default:a.default})),url:(0,l.c$40)(e)}}module.exports={ruleListJson:$,ruleTable:v};
