var a=require("./shared.cjs");var n=require("./report-text.cjs");var i=n;var $=require("./core.cjs");var c=n;var d=78;function y(e,r,{color:t}){let s=(0,c.a$4)(t),o=(f,l)=>l===""?"":`${s.strong(f)}
${l}`;return`${[`${s.severity(e.severity,e.id)}${s.strong(`: ${e.title}`)}
${b(e)}`,o("Why it matters",m(r.why)),o("What to do",m(r.help)),o("When it speaks",m(r.evidence)),o("With the fault",u(r.bad,s)),o("Without it",u(r.good,s)),o("Options",v(e)),o("References",[...r.references,(0,$.c$30)(e.id)].map(p).join(`
`))].filter(f=>f!=="").join(`

`)}
`}function b(e){let r=(0,a.d$5)(e);return[`severity ${e.severity}, category ${e.category}, presets ${(0,a.b$5)(e)}`,`Istio: ${(0,a.c$5)(e)}; since meshlint ${e.since}`,...e.securitySeverity===void 0?[]:[`security severity ${(0,a.e$5)(e.securitySeverity)}`],...r===""?[]:[`also known as ${r}`],...e.aliases?.length?[`formerly ${e.aliases.join(", ")}`]:[]].map(p).join(`
`)}function m(e){return(0,n.b$7)((0,i.a$3)(e),d-2).map(p).join(`
`)}function u(e,r){return(0,i.b$3)(e).replace(/# (error|warning|info): .*$/gm,(t,s)=>r.severity(s,t)).split(`
`).map(p).join(`
`)}function v({options:e={}}){return Object.entries(e).flatMap(([r,{description:t,default:s}])=>[`  ${r} (${(0,a.f$5)(s)}, default ${JSON.stringify(s)})`,...(0,n.b$7)((0,i.a$3)(t),d-4).map(o=>`    ${o}`)]).join(`
`)}function p(e){return e===""?"":`  ${e}`}module.exports={explain:y};
