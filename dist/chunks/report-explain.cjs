var a=require("./shared.cjs");var $=require("./report-text.cjs");var i=$;var c=$;var p=require("./core.cjs");var d=78;function y(r,t,{color:o}){let e=(0,c.a$4)(o),s=(n,l)=>l===""?"":`${e.strong(n)}
${l}`;return`${[`${e.severity(r.severity,r.id)}${e.strong(`: ${r.title}`)}
${b(r)}`,s("Why it matters",m(t.why)),s("What to do",m(t.help)),s("When it speaks",m(t.evidence)),s("With the fault",u(t.bad,e)),s("Without it",u(t.good,e)),s("Options",v(r)),s("References",[...t.references,(0,p.c$43)(r)].filter(n=>n!=="").map(f).join(`
`))].filter(n=>n!=="").join(`

`)}
`}function b(r){let t=(0,a.d$18)(r);return[`severity ${r.severity}, category ${r.category}, presets ${(0,a.b$18)(r)}`,`Istio: ${(0,a.c$18)(r)}${r.url===void 0?`; since meshlint ${r.since}`:""}`,...r.securitySeverity===void 0?[]:[`security severity ${(0,a.e$18)(r.securitySeverity)}`],...t===""?[]:[`also known as ${t}`],...r.aliases?.length?[`formerly ${r.aliases.join(", ")}`]:[]].map(f).join(`
`)}function m(r){return(0,$.b$7)((0,i.a$3)(r),d-2).map(f).join(`
`)}function u(r,t){return(0,i.b$3)(r).replace(/# (error|warning|info): .*$/gm,(o,e)=>t.severity(e,o)).split(`
`).map(f).join(`
`)}function v({options:r={}}){return Object.entries(r).flatMap(([t,{description:o,default:e}])=>[`  ${t} (${(0,a.f$18)(e)}, default ${JSON.stringify(e)})`,...(0,$.b$7)((0,i.a$3)(o),d-4).map(s=>`    ${s}`)]).join(`
`)}function f(r){return r===""?"":`  ${r}`}module.exports={explain:y};
