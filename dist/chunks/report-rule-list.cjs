var p=require("./report-text.cjs");var r=p;var l=require("./core.cjs");var f=["RULE","SEVERITY","CATEGORY","PRESET","EQUIVALENTS","FAULT"];function $(e,{color:t}){let a=(0,p.a$4)(t),u=e.map(s=>({severity:s.severity,cells:y(s)})),v=f.map((s,o)=>Math.max(s.length,...u.map(({cells:i})=>(i[o]??"").length))),m=(s,o)=>{let i=s.length-1;return s.map((n,c)=>`${o(n,c)}${c===i?"":" ".repeat((v[c]??0)-n.length+2)}`).join("")};return`${[m(f,a.strong),...u.map(({severity:s,cells:o})=>m(o,(i,n)=>n===1?a.severity(s,i):i))].join(`
`)}
`}function y(e){let t=(e.equivalents??[]).map(({code:a})=>a).join(", ");return[e.id,e.severity,e.category,b(e),t===""?"-":t,e.title].map(r.a$1)}function b({presets:e}){return["recommended","strict"].find(t=>e.includes(t))??"all"}function d(e){return e.length===0?`[]
`:`[
${e.map(t=>`  ${(0,r.d$1)(g(t))}`).join(`,
`)}
]
`}function g(e){return{id:e.id,title:e.title,category:e.category,severity:e.severity,securitySeverity:e.securitySeverity,presets:[...e.presets,"all"],preview:e.preview,since:e.since,istio:e.istio,equivalents:(e.equivalents??[]).map(({tool:t,code:a})=>({tool:t,code:a})),aliases:e.aliases??[],options:Object.entries(e.options??{}).map(([t,a])=>({name:t,default:a.default})),url:(0,l.c$43)(e)}}module.exports={ruleListJson:d,ruleTable:$};
