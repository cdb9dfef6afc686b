var c=Object.defineProperty;var v=Object.getOwnPropertyDescriptor;var h=Object.getOwnPropertyNames;var g=Object.prototype.hasOwnProperty;var x=(e,r)=>{for(var o in r)c(e,o,{get:r[o],enumerable:!0})},j=(e,r,o,i)=>{if(r&&typeof r=="object"||typeof r=="function")for(let s of h(r))!g.call(e,s)&&s!==o&&c(e,s,{get:()=>r[s],enumerable:!(i=v(r,s))||i.enumerable});return e};var W=e=>j(c({},"__esModule",{value:!0}),e);var w={};x(w,{explain:()=>b});module.exports=W(w);var a=require("./shared.cjs");var n=require("./shared.cjs");var t=require("./shared.cjs");var $=require("./core.cjs");var m=require("./shared.cjs");var y=78;function b(e,r,{color:o}){let i=(0,m.a$12)(o),s=(p,u)=>u===""?"":`${i.strong(p)}
${u}`;return`${[`${i.severity(e.severity,e.id)}${i.strong(`: ${e.title}`)}
${S(e)}`,s("Why it matters",l(r.why)),s("What to do",l(r.help)),s("When it speaks",l(r.evidence)),s("With the fault",d(r.bad,i)),s("Without it",d(r.good,i)),s("Options",k(e)),s("References",[...r.references,(0,$.c$16)(e.id)].map(f).join(`
`))].filter(p=>p!=="").join(`

`)}
`}function S(e){let r=(0,a.d$6)(e);return[`severity ${e.severity}, category ${e.category}, presets ${(0,a.b$6)(e)}`,`Istio: ${(0,a.c$6)(e)}; since meshlint ${e.since}`,...e.securitySeverity===void 0?[]:[`security severity ${(0,a.e$6)(e.securitySeverity)}`],...r===""?[]:[`also known as ${r}`],...e.aliases?.length?[`formerly ${e.aliases.join(", ")}`]:[]].map(f).join(`
`)}function l(e){return(0,n.b$14)((0,t.a$10)(e),y-2).map(f).join(`
`)}function d(e,r){return(0,t.b$10)(e).replace(/# (error|warning|info): .*$/gm,(o,i)=>r.severity(i,o)).split(`
`).map(f).join(`
`)}function k({options:e={}}){return Object.entries(e).flatMap(([r,{description:o,default:i}])=>[`  ${r} (${(0,a.f$6)(i)}, default ${JSON.stringify(i)})`,...(0,n.b$14)((0,t.a$10)(o),y-4).map(s=>`    ${s}`)]).join(`
`)}function f(e){return e===""?"":`  ${e}`}0&&(module.exports={explain});
