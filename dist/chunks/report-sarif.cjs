var u=require("./shared.cjs");var s=require("./report-text.cjs");var d=require("./core.cjs");var a=s;function U(e,t,r){return[`${e.title}.`,`Why: ${(0,s.a$3)(t.why)}`,`What to do: ${(0,s.a$3)(t.help)}`,`Bad:

${(0,s.b$3)(t.bad)}`,`Good:

${(0,s.b$3)(t.good)}`,["References:",...t.references,r].filter(i=>i!=="").join(`
`)].join(`

`)}function k(e,t,r){let i=r===""?[]:[`- [\`${e.id}\` in the documentation](${r})`];return[`${e.title}.`,`**Why:** ${(0,s.a$3)(t.why)}`,`**What to do:** ${(0,s.a$3)(t.help)}`,`**Bad:**

${(0,s.c$3)((0,s.b$3)(t.bad))}`,`**Good:**

${(0,s.c$3)((0,s.b$3)(t.good))}`,["**References:**","",...t.references.map(n=>`- <${n}>`),...i].join(`
`)].join(`

`)}var L="%SRCROOT%";function S(e,t){let{start:r,end:i,lines:n}=e,o=(n[0]?.length??r.column)+1,l=i.line>r.line?o:i.column;return{artifactLocation:v(e.file,t),region:{startLine:r.line,startColumn:r.column,endLine:r.line,endColumn:Math.max(r.column,l)}}}function B({start:e,end:t}){return{startLine:e.line,startColumn:e.column,endLine:t.line,endColumn:t.column}}function v(e,t){return e==="-"?{uri:"-"}:{uri:(0,u.b$7)((0,u.a$7)(e,t)),uriBaseId:L}}var I=2e3,$=10;function W(e,t){let r=t.slice(0,$).map((n,o)=>`[${g(n.message)}](${String(o+1)})`);t.length>$&&r.push(`${String(t.length-$)} more`);let i=h(C(g(e)));return r.length===0?i:`${i} Related: ${h(r.join(", "))}`}function p(e){return h(C(g(e)))}function g(e){return H((0,a.a$1)(D((0,a.d$1)(e,I))))}function D(e){return e.replace(/(?<=^|[\s([=:,])"(.*?)"(?=$|[\s)\].,;:?!])/gsu,"'$1'")}function H(e){return e.replace(/[\\[\]]/g,"\\$&")}function C(e){return/^[a-z]+(?=[\s,]|$)/.test(e)?`${e.charAt(0).toUpperCase()}${e.slice(1)}`:e}function h(e){return/[.?!]$/.test(e)?e:`${e}.`}var m=5e3,O=99,w=1024,R={error:"error",warning:"warning",info:"note"},G=["error","warning","info"];function*j(e,t){let r=P(e.findings),i=T(r),n={tool:{driver:{name:"meshlint",semanticVersion:t.version,informationUri:d.a$30,rules:[...i.values()].map(c=>z(c,t))}},automationDetails:{id:"meshlint/"},columnKind:"utf16CodeUnits",originalUriBaseIds:{[L]:{description:{text:"The root of the repository."}}},invocations:[q(e,r.length,t)]};yield`{
"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
"version": "2.1.0",
"runs": [{
`;for(let[c,f]of Object.entries(n))yield`${(0,a.c$1)(c)}: ${(0,a.c$1)(f)},
`;yield'"results": [';let o=new Map([...i.keys()].map((c,f)=>[c,f])),l=`
`;for(let c of r)yield`${l}${(0,a.c$1)(N(c,o.get(c.rule.id)??-1,t))}`,l=`,
`;yield`
]
}]
}
`}function P(e){if(e.length<=m)return e;let t=m,r=new Map;for(let i of G){let n=Math.min(t,e.filter(o=>o.severity===i).length);r.set(i,n),t-=n}return e.filter(({severity:i})=>{let n=r.get(i)??0;return r.set(i,n-1),n>0})}function T(e){let t=new Map;for(let r of e)t.has(r.rule.id)||t.set(r.rule.id,r);return new Map([...t].sort(([r],[i])=>(0,a.e$1)(r,i)))}function z({rule:e,url:t},{docs:r}){let i=r.get(e.id),n=p(e.title),o=R[e.severity];return{id:e.id,name:A(e.id),shortDescription:{text:(0,a.d$1)(n,w)},fullDescription:{text:(0,a.d$1)(i?(0,s.a$3)(i.why):n,w)},help:i?{text:U(e,i,t),markdown:k(e,i,t)}:{text:n},...t===""?{}:{helpUri:t},defaultConfiguration:{level:o},properties:{tags:E(e),precision:F(e),...K(e)}}}function A(e){return e.split("-").map(t=>`${t.charAt(0).toUpperCase()}${t.slice(1)}`).join("")}function E({category:e,presets:t,securitySeverity:r}){return[...new Set([e,...r===void 0?[]:["security"],...t,"service-mesh","istio"])]}function F({presets:e,preview:t}){return t?"medium":e.includes("recommended")?"very-high":"high"}function K({severity:e,securitySeverity:t}){return t!==void 0?{"security-severity":t}:{"problem.severity":e==="info"?"recommendation":e}}function N(e,t,{rootPrefix:r}){let{rule:i,severity:n,message:o,location:l,fix:c,fingerprint:f}=e,y=e.related.slice(0,O),x=c&&V(c,r);return{ruleId:i.id,ruleIndex:t,level:R[n],message:{text:W(o,e.related)},locations:[{physicalLocation:S(l,r)}],...y.length===0?{}:{relatedLocations:y.map((b,M)=>({id:M+1,physicalLocation:S(b.location,r),message:{text:p(b.message)}}))},partialFingerprints:{...l.lineHash===void 0?{}:{primaryLocationLineHash:l.lineHash},"meshlint/v1":f},...x?{fixes:[x]}:{}}}function V({title:e,safety:t,edits:r},i){if(t!=="safe"||r.length===0)return;let n=new Map;for(let{location:o,replacement:l}of r){if(l===void 0)return;let c=n.get(o.file)??[];n.set(o.file,c),c.push({deletedRegion:B(o),insertedContent:{text:l}})}return{description:{text:p(e)},artifactChanges:[...n].map(([o,l])=>({artifactLocation:v(o,i),replacements:l}))}}function q({findings:e,notifications:t,complete:r},i,{rootPrefix:n}){let o=i===e.length?t:[...t,{level:"warning",kind:"results-left-out",message:`${String(e.length-i)} of ${String(e.length)} findings are left out, the least severe ones: code scanning keeps ${String(m)}`}];return{executionSuccessful:r,toolExecutionNotifications:o.map(l=>J(l,n))}}function J({level:e,kind:t,message:r,file:i},n){return{level:e,message:{text:p(r)},descriptor:{id:t},...i===void 0?{}:{locations:[{physicalLocation:{artifactLocation:v(i,n)}}]}}}module.exports={reportSarif:j,sarifResults:m};
