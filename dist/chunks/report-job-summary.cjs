var m=require("./shared.cjs");var f=m;var n=require("./report-text.cjs");var p=n;var l=n;var s=n;var v=9e5,B=500,g=3;function*k(r,o){let t=F(r.findings),e=O(r,t,o);yield e;let a=v-(0,m.a$3)(e);for(let i of t){let $=P(i,o,a);a-=(0,m.a$3)($),yield $}}function F(r){let o=new Map;for(let t of r){let e=`${t.severity} ${t.rule.id}`,a=o.get(e);a===void 0?o.set(e,[t]):a.push(t)}return[...o.values()].flatMap(t=>{let[e]=t;return e===void 0?[]:[{severity:e.severity,rule:e.rule,url:e.url,findings:t}]}).sort((t,e)=>l.a$0.indexOf(t.severity)-l.a$0.indexOf(e.severity)||(0,s.e$1)(t.rule.id,e.rule.id))}function O(r,o,{quiet:t}){let e=["## meshlint"];if(t||e.push(...L(r)),o.length>0){let a=o.map(({severity:i,rule:$,url:c,findings:u})=>`| ${i} | ${M(y($,c))} | ${String(u.length)} | ${M((0,n.e$3)((0,s.a$1)($.title)))} |`);e.push(["| Severity | Rule | Findings | Fault |","| --- | --- | ---: | --- |",...a].join(`
`))}return`${e.join(`

`)}
`}function L(r){let[o="",...t]=(0,p.a$5)({...r,notifications:[]}),e=(0,p.a$5)(r).slice(0,r.notifications.length);return[`**${h(o)}**`,t.map(a=>`- ${h(a)}`).join(`
`),...e.length===0?[]:[e.map(a=>`- ${h(a)}`).join(`
`)]]}function h(r){return(0,n.e$3)(r.trim())}function P({severity:r,rule:o,url:t,findings:e},a,i){let $=a.docs.get(o.id),c=$?`
${(0,n.a$3)($.why)}

**What to do:** ${(0,n.a$3)($.help)}
`:"",u=`
### ${r}: ${y(o,t)}
${c}
`,x=i-(0,m.a$3)(u),d=0;for(let S of e){let b=R(S,a);if(x-=(0,m.a$3)(b),x<0)break;u+=b,d+=1}return d===0&&(u=`
### ${r}: ${y(o,t)}

`),d===e.length?u:`${u}- ${(0,l.d$0)(e.length-d,"finding")} not shown: there is no more room
`}function R({message:r,location:o,related:t},e){let a=[`- ${w(o,e)}: ${j(r)}${o.approximate?" (the nearest place that could be found)":""}`];for(let i of t.slice(0,g))a.push(`  - ${w(i.location,e)}: ${j(i.message)}`);return t.length>g&&a.push(`  - and ${(0,l.d$0)(t.length-g,"more related place")}`),`${a.join(`
`)}
`}function w({file:r,start:o},{rootPrefix:t,sourceUrl:e}){let a=(0,f.a$7)(r,t),i=(0,n.d$3)(`${(0,s.a$1)(a)}:${String(o.line)}:${String(o.column)}`);return e===void 0||r==="-"?i:`[${i}](<${e}${(0,f.b$7)(a)}#L${String(o.line)}>)`}function y({id:r},o){return o===""?(0,n.d$3)((0,s.a$1)(r)):`[${(0,n.d$3)((0,s.a$1)(r))}](${o})`}function M(r){return r.replace(/(?<!\\)\|/g,"\\|")}function j(r){return(0,n.e$3)((0,s.a$1)((0,s.d$1)(r,B)))}module.exports={reportMarkdown:k,summaryBytes:v};
