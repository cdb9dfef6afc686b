var m=require("./report-text.cjs");var e=require("./shared.cjs");var t=m;var u=2e3,S=200,d=20;function*h(s,r){let a=j(s),i=s.findings.length,n={tests:Math.max(1,a.length),failures:0,errors:a.length};yield`${e.b$2}<testsuites${(0,e.d$2)({name:"meshlint",tests:i+n.tests,failures:i,errors:n.errors})}>
`,yield`  <testsuite${(0,e.d$2)({name:"meshlint",...n})}>
`,a.length===0&&(yield`    <testcase${(0,e.d$2)({name:"every manifest was read",classname:"meshlint"})}/>
`);let o=new Set;for(let l of a)yield w(l,o);yield`  </testsuite>
`;for(let[l,f]of(0,e.a$2)(s.findings)){let $=f.length;yield`  <testsuite${(0,e.d$2)({name:l,tests:$,failures:$,errors:0})}>
`,o.clear();for(let c of f)yield J(c,o,r);yield`  </testsuite>
`}yield`</testsuites>
`}function j({notifications:s,complete:r}){let a=s.filter(({level:i})=>i==="error");return a.length>0||r?a:[{level:"error",kind:"incomplete",message:"the run is not complete"}]}function w({kind:s,message:r,file:a},i){let n=a===void 0?[]:[a],o=y([s,...n].join(": "),i),l=[...n.map(t.a$1),(0,t.a$1)((0,t.d$1)(r,u))].join(`
`);return`    <testcase${(0,e.d$2)({name:o,classname:"meshlint"})}>
      <error${(0,e.d$2)({type:s,message:(0,t.d$1)(r,u)})}>${b(l)}</error>
    </testcase>
`}function J(s,r,{docs:a}){let{rule:i,severity:n,location:o,related:l,url:f}=s,$=(0,t.d$1)(s.message,u),c=a.get(i.id),v=[`${g(o)}: ${n}: ${(0,t.a$1)($)}`,...l.slice(0,d).map(p=>`${g(p.location)}: ${(0,t.a$1)((0,t.d$1)(p.message,u))}`),...l.length>d?[`and ${String(l.length-d)} more related places`]:[],...c?[`Why: ${(0,m.a$3)(c.why)}`,`What to do: ${(0,m.a$3)(c.help)}`]:[],...f===""?[]:[f]],x=y(`${i.id}: ${$}`,r);return`    <testcase${(0,e.d$2)({name:x,classname:o.file})}>
      <failure${(0,e.d$2)({type:n,message:$})}>${b(v.join(`
`))}</failure>
    </testcase>
`}function y(s,r){let a=(0,t.d$1)(s,S);for(let i=1;;i+=1){let n=i===1?a:`${a} (${String(i)})`;if(!r.has(n))return r.add(n),n}}function b(s){return s.split(`
`).map(r=>(0,e.c$2)((0,t.b$1)(r))).join(`
`)}function g({file:s,start:r}){return`${(0,t.a$1)(s)}:${String(r.line)}:${String(r.column)}`}module.exports={reportJunit:h};
