var g=Object.defineProperty;var F=Object.getOwnPropertyDescriptor;var O=Object.getOwnPropertyNames;var L=Object.prototype.hasOwnProperty;var P=(e,r)=>{for(var o in r)g(e,o,{get:r[o],enumerable:!0})},R=(e,r,o,t)=>{if(r&&typeof r=="object"||typeof r=="function")for(let a of O(r))!L.call(e,a)&&a!==o&&g(e,a,{get:()=>r[a],enumerable:!(t=F(r,a))||t.enumerable});return e};var W=e=>R(g({},"__esModule",{value:!0}),e);var _={};P(_,{reportMarkdown:()=>k,summaryBytes:()=>x});module.exports=W(_);var m=require("./shared.cjs");var f=require("./shared.cjs");var n=require("./shared.cjs");var p=require("./shared.cjs");var l=require("./shared.cjs");var i=require("./shared.cjs");var x=9e5,q=500,h=3;function*k(e,r){let o=C(e.findings),t=G(e,o,r);yield t;let a=x-(0,m.a$3)(t);for(let s of o){let $=T(s,r,a);a-=(0,m.a$3)($),yield $}}function C(e){let r=new Map;for(let o of e){let t=`${o.severity} ${o.rule.id}`,a=r.get(t);a===void 0?r.set(t,[o]):a.push(o)}return[...r.values()].flatMap(o=>{let[t]=o;return t===void 0?[]:[{severity:t.severity,rule:t.rule,url:t.url,findings:o}]}).sort((o,t)=>l.a$5.indexOf(o.severity)-l.a$5.indexOf(t.severity)||(0,i.e$7)(o.rule.id,t.rule.id))}function G(e,r,{quiet:o}){let t=["## meshlint"];if(o||t.push(...I(e)),r.length>0){let a=r.map(({severity:s,rule:$,url:c,findings:u})=>`| ${s} | ${S(v($,c))} | ${String(u.length)} | ${S((0,n.e$10)((0,i.a$7)($.title)))} |`);t.push(["| Severity | Rule | Findings | Fault |","| --- | --- | ---: | --- |",...a].join(`
`))}return`${t.join(`

`)}
`}function I(e){let[r="",...o]=(0,p.a$13)({...e,notifications:[]}),t=(0,p.a$13)(e).slice(0,e.notifications.length);return[`**${y(r)}**`,o.map(a=>`- ${y(a)}`).join(`
`),...t.length===0?[]:[t.map(a=>`- ${y(a)}`).join(`
`)]]}function y(e){return(0,n.e$10)(e.trim())}function T({severity:e,rule:r,url:o,findings:t},a,s){let $=a.docs.get(r.id),c=$?`
${(0,n.a$10)($.why)}

**What to do:** ${(0,n.a$10)($.help)}
`:"",u=`
### ${e}: ${v(r,o)}
${c}
`,b=s-(0,m.a$3)(u),d=0;for(let B of t){let j=U(B,a);if(b-=(0,m.a$3)(j),b<0)break;u+=j,d+=1}return d===0&&(u=`
### ${e}: ${v(r,o)}

`),d===t.length?u:`${u}- ${(0,l.d$5)(t.length-d,"finding")} not shown: there is no more room
`}function U({message:e,location:r,related:o},t){let a=[`- ${w(r,t)}: ${M(e)}${r.approximate?" (the nearest place that could be found)":""}`];for(let s of o.slice(0,h))a.push(`  - ${w(s.location,t)}: ${M(s.message)}`);return o.length>h&&a.push(`  - and ${(0,l.d$5)(o.length-h,"more related place")}`),`${a.join(`
`)}
`}function w({file:e,start:r},{rootPrefix:o,sourceUrl:t}){let a=(0,f.a$11)(e,o),s=(0,n.d$10)(`${(0,i.a$7)(a)}:${String(r.line)}:${String(r.column)}`);return t===void 0||e==="-"?s:`[${s}](<${t}${(0,f.b$11)(a)}#L${String(r.line)}>)`}function v({id:e},r){return r===""?(0,n.d$10)((0,i.a$7)(e)):`[${(0,n.d$10)((0,i.a$7)(e))}](${r})`}function S(e){return e.replace(/(?<!\\)\|/g,"\\|")}function M(e){return(0,n.e$10)((0,i.a$7)((0,i.d$7)(e,q)))}0&&(module.exports={reportMarkdown,summaryBytes});
