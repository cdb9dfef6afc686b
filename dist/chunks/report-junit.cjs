var t=require("./shared.cjs");var d=t;var m=require("./report-text.cjs");var e=m;var u=2e3,j=200,p=20;function*y(s,a){let r=w(s),i=s.findings.length,n={tests:Math.max(1,r.length),failures:0,errors:r.length};yield`${t.b$15}<testsuites${(0,t.d$15)({name:"meshlint",tests:i+n.tests,failures:i,errors:n.errors})}>
`,yield`  <testsuite${(0,t.d$15)({name:"meshlint",...n})}>
`,r.length===0&&(yield`    <testcase${(0,t.d$15)({name:"every manifest was read",classname:"meshlint"})}/>
`);let l=new Set;for(let o of r)yield J(o,l);yield`  </testsuite>
`;for(let[o,f]of(0,t.a$15)(s.findings)){let $=f.length;yield`  <testsuite${(0,t.d$15)({name:o,tests:$,failures:$,errors:0})}>
`,l.clear();for(let c of f)yield k(c,l,a);yield`  </testsuite>
`}yield`</testsuites>
`}function w({notifications:s,complete:a}){let r=s.filter(({level:i})=>i==="error");return r.length>0||a?r:[{level:"error",kind:"incomplete",message:"the run is not complete"}]}function J({kind:s,message:a,file:r},i){let n=r===void 0?[]:[r],l=b([s,...n].join(": "),i),o=[...n.map(e.a$1),(0,e.a$1)((0,e.e$1)(a,u))].join(`
`);return`    <testcase${(0,t.d$15)({name:l,classname:"meshlint"})}>
      <error${(0,t.d$15)({type:s,message:(0,e.e$1)(a,u)})}>${x(o)}</error>
    </testcase>
`}function k(s,a,{docs:r}){let{rule:i,severity:n,location:l,related:o,url:f}=s,$=`${(0,e.e$1)(s.message,u)}${(0,d.a$21)(s.location)}`,c=r.get(i.id),v=[`${h(l)}: ${n}: ${(0,e.a$1)($)}`,...o.slice(0,p).map(g=>`${h(g.location)}: ${(0,e.a$1)((0,e.e$1)(g.message,u))}`),...o.length>p?[`and ${String(o.length-p)} more related places`]:[],...c?[`Why: ${(0,m.a$3)(c.why)}`,`What to do: ${(0,m.a$3)(c.help)}`]:[],...f===""?[]:[f]],S=b(`${i.id}: ${$}`,a);return`    <testcase${(0,t.d$15)({name:S,classname:l.file})}>
      <failure${(0,t.d$15)({type:n,message:$})}>${x(v.join(`
`))}</failure>
    </testcase>
`}function b(s,a){let r=(0,e.e$1)(s,j);for(let i=1;;i+=1){let n=i===1?r:`${r} (${String(i)})`;if(!a.has(n))return a.add(n),n}}function x(s){return s.split(`
`).map(a=>(0,t.c$15)((0,e.c$1)(a))).join(`
`)}function h({file:s,start:a}){return`${(0,e.a$1)(s)}:${String(a.line)}:${String(a.column)}`}module.exports={reportJunit:y};
