var e=require("./shared.cjs");var m=require("./report-text.cjs");var d=e;var t=m;var u=2e3,j=200,p=20;function*y(s,r){let a=w(s),i=s.findings.length,n={tests:Math.max(1,a.length),failures:0,errors:a.length};yield`${e.b$11}<testsuites${(0,e.d$11)({name:"meshlint",tests:i+n.tests,failures:i,errors:n.errors})}>
`,yield`  <testsuite${(0,e.d$11)({name:"meshlint",...n})}>
`,a.length===0&&(yield`    <testcase${(0,e.d$11)({name:"every manifest was read",classname:"meshlint"})}/>
`);let l=new Set;for(let o of a)yield J(o,l);yield`  </testsuite>
`;for(let[o,f]of(0,e.a$11)(s.findings)){let $=f.length;yield`  <testsuite${(0,e.d$11)({name:o,tests:$,failures:$,errors:0})}>
`,l.clear();for(let c of f)yield k(c,l,r);yield`  </testsuite>
`}yield`</testsuites>
`}function w({notifications:s,complete:r}){let a=s.filter(({level:i})=>i==="error");return a.length>0||r?a:[{level:"error",kind:"incomplete",message:"the run is not complete"}]}function J({kind:s,message:r,file:a},i){let n=a===void 0?[]:[a],l=b([s,...n].join(": "),i),o=[...n.map(t.a$1),(0,t.a$1)((0,t.d$1)(r,u))].join(`
`);return`    <testcase${(0,e.d$11)({name:l,classname:"meshlint"})}>
      <error${(0,e.d$11)({type:s,message:(0,t.d$1)(r,u)})}>${x(o)}</error>
    </testcase>
`}function k(s,r,{docs:a}){let{rule:i,severity:n,location:l,related:o,url:f}=s,$=`${(0,t.d$1)(s.message,u)}${(0,d.a$17)(s.location)}`,c=a.get(i.id),v=[`${h(l)}: ${n}: ${(0,t.a$1)($)}`,...o.slice(0,p).map(g=>`${h(g.location)}: ${(0,t.a$1)((0,t.d$1)(g.message,u))}`),...o.length>p?[`and ${String(o.length-p)} more related places`]:[],...c?[`Why: ${(0,m.a$3)(c.why)}`,`What to do: ${(0,m.a$3)(c.help)}`]:[],...f===""?[]:[f]],S=b(`${i.id}: ${$}`,r);return`    <testcase${(0,e.d$11)({name:S,classname:l.file})}>
      <failure${(0,e.d$11)({type:n,message:$})}>${x(v.join(`
`))}</failure>
    </testcase>
`}function b(s,r){let a=(0,t.d$1)(s,j);for(let i=1;;i+=1){let n=i===1?a:`${a} (${String(i)})`;if(!r.has(n))return r.add(n),n}}function x(s){return s.split(`
`).map(r=>(0,e.c$11)((0,t.b$1)(r))).join(`
`)}function h({file:s,start:r}){return`${(0,t.a$1)(s)}:${String(r.line)}:${String(r.column)}`}module.exports={reportJunit:y};
