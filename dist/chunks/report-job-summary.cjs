var m=require("./shared.cjs");var u=m;var c=require("./report-text.cjs");var h=m;var l=c;var i=c;var s=c;var x=9e5,F=500,g=3;function*S(e,o){let t=O(e.findings),r=q(e,t,o);yield r;let a=x-(0,m.a$16)(r);for(let n of t){let $=P(n,o,a);a-=(0,m.a$16)($),yield $}}function O(e){let o=new Map;for(let t of e){let r=`${t.severity} ${t.rule.id}`,a=o.get(r);a===void 0?o.set(r,[t]):a.push(t)}return[...o.values()].flatMap(t=>{let[r]=t;return r===void 0?[]:[{severity:r.severity,rule:r.rule,url:r.url,findings:t}]}).sort((t,r)=>l.a$0.indexOf(t.severity)-l.a$0.indexOf(r.severity)||(0,s.f$1)(t.rule.id,r.rule.id))}function q(e,o,{quiet:t}){let r=["## meshlint"];if(t||r.push(...L(e)),o.length>0){let a=o.map(({severity:n,rule:$,url:p,findings:f})=>`| ${n} | ${M(v($,p))} | ${String(f.length)} | ${M((0,i.e$3)((0,s.a$1)($.title)))} |`);r.push(["| Severity | Rule | Findings | Fault |","| --- | --- | ---: | --- |",...a].join(`
`))}return`${r.join(`

`)}
`}function L(e){let[o="",...t]=(0,c.a$5)({...e,notifications:[]}),r=(0,c.a$5)(e).slice(0,e.notifications.length);return[`**${y(o)}**`,...N(e.summary),t.map(a=>`- ${y(a)}`).join(`
`),...r.length===0?[]:[r.map(a=>`- ${y(a)}`).join(`
`)]]}function N({known:e}){return e?.since===void 0?[]:[`This is what the change causes, also in files that it does not touch. ${e.since===0?"No other finding":(0,l.d$0)(e.since,"other finding")} ${e.since>1?"were":"was"} there before.`]}function y(e){return(0,i.e$3)(e.trim())}function P({severity:e,rule:o,url:t,findings:r},a,n){let $=a.docs.get(o.id),p=$?`
${(0,i.a$3)($.why)}

**What to do:** ${(0,i.a$3)($.help)}
`:"",f=`
### ${e}: ${v(o,t)}
${p}
`,w=n-(0,m.a$16)(f),d=0;for(let B of r){let b=R(B,a);if(w-=(0,m.a$16)(b),w<0)break;f+=b,d+=1}return d===0&&(f=`
### ${e}: ${v(o,t)}

`),d===r.length?f:`${f}- ${(0,l.d$0)(r.length-d,"finding")} not shown: there is no more room
`}function R({message:e,location:o,related:t},r){let a=[`- ${k(o,r)}: ${j(e)}${(0,h.a$21)(o)}`];for(let n of t.slice(0,g))a.push(`  - ${k(n.location,r)}: ${j(n.message)}`);return t.length>g&&a.push(`  - and ${(0,l.d$0)(t.length-g,"more related place")}`),`${a.join(`
`)}
`}function k({file:e,start:o},{rootPrefix:t,sourceUrl:r}){let a=(0,u.a$20)(e,t),n=(0,i.d$3)(`${(0,s.a$1)(a)}:${String(o.line)}:${String(o.column)}`);return r===void 0||e==="-"?n:`[${n}](<${r}${(0,u.b$20)(a)}#L${String(o.line)}>)`}function v({id:e},o){return o===""?(0,i.d$3)((0,s.a$1)(e)):`[${(0,i.d$3)((0,s.a$1)(e))}](${o})`}function M(e){return e.replace(/(?<!\\)\|/g,"\\|")}function j(e){return(0,i.e$3)((0,s.a$1)((0,s.e$1)(e,F)))}module.exports={reportMarkdown:S,summaryBytes:x};
