var c=require("./report-text.cjs");var m=require("./shared.cjs");var a=c;var l=c;var h=m;var u=m;var s=c;var x=9e5,F=500,g=3;function*S(e,o){let t=O(e.findings),r=q(e,t,o);yield r;let i=x-(0,m.a$12)(r);for(let n of t){let $=P(n,o,i);i-=(0,m.a$12)($),yield $}}function O(e){let o=new Map;for(let t of e){let r=`${t.severity} ${t.rule.id}`,i=o.get(r);i===void 0?o.set(r,[t]):i.push(t)}return[...o.values()].flatMap(t=>{let[r]=t;return r===void 0?[]:[{severity:r.severity,rule:r.rule,url:r.url,findings:t}]}).sort((t,r)=>l.a$0.indexOf(t.severity)-l.a$0.indexOf(r.severity)||(0,s.e$1)(t.rule.id,r.rule.id))}function q(e,o,{quiet:t}){let r=["## meshlint"];if(t||r.push(...L(e)),o.length>0){let i=o.map(({severity:n,rule:$,url:p,findings:f})=>`| ${n} | ${M(v($,p))} | ${String(f.length)} | ${M((0,a.e$3)((0,s.a$1)($.title)))} |`);r.push(["| Severity | Rule | Findings | Fault |","| --- | --- | ---: | --- |",...i].join(`
`))}return`${r.join(`

`)}
`}function L(e){let[o="",...t]=(0,c.a$5)({...e,notifications:[]}),r=(0,c.a$5)(e).slice(0,e.notifications.length);return[`**${y(o)}**`,...N(e.summary),t.map(i=>`- ${y(i)}`).join(`
`),...r.length===0?[]:[r.map(i=>`- ${y(i)}`).join(`
`)]]}function N({known:e}){return e?.since===void 0?[]:[`This is what the change causes, also in files that it does not touch. ${e.since===0?"No other finding":(0,l.d$0)(e.since,"other finding")} ${e.since>1?"were":"was"} there before.`]}function y(e){return(0,a.e$3)(e.trim())}function P({severity:e,rule:o,url:t,findings:r},i,n){let $=i.docs.get(o.id),p=$?`
${(0,a.a$3)($.why)}

**What to do:** ${(0,a.a$3)($.help)}
`:"",f=`
### ${e}: ${v(o,t)}
${p}
`,w=n-(0,m.a$12)(f),d=0;for(let B of r){let b=R(B,i);if(w-=(0,m.a$12)(b),w<0)break;f+=b,d+=1}return d===0&&(f=`
### ${e}: ${v(o,t)}

`),d===r.length?f:`${f}- ${(0,l.d$0)(r.length-d,"finding")} not shown: there is no more room
`}function R({message:e,location:o,related:t},r){let i=[`- ${k(o,r)}: ${j(e)}${(0,h.a$17)(o)}`];for(let n of t.slice(0,g))i.push(`  - ${k(n.location,r)}: ${j(n.message)}`);return t.length>g&&i.push(`  - and ${(0,l.d$0)(t.length-g,"more related place")}`),`${i.join(`
`)}
`}function k({file:e,start:o},{rootPrefix:t,sourceUrl:r}){let i=(0,u.a$16)(e,t),n=(0,a.d$3)(`${(0,s.a$1)(i)}:${String(o.line)}:${String(o.column)}`);return r===void 0||e==="-"?n:`[${n}](<${r}${(0,u.b$16)(i)}#L${String(o.line)}>)`}function v({id:e},o){return o===""?(0,a.d$3)((0,s.a$1)(e)):`[${(0,a.d$3)((0,s.a$1)(e))}](${o})`}function M(e){return e.replace(/(?<!\\)\|/g,"\\|")}function j(e){return(0,a.e$3)((0,s.a$1)((0,s.d$1)(e,F)))}module.exports={reportMarkdown:S,summaryBytes:x};
