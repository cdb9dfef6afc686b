var u=Object.defineProperty;var j=Object.getOwnPropertyDescriptor;var w=Object.getOwnPropertyNames;var k=Object.prototype.hasOwnProperty;var J=(t,e)=>{for(var s in e)u(t,s,{get:e[s],enumerable:!0})},W=(t,e,s,n)=>{if(e&&typeof e=="object"||typeof e=="function")for(let a of w(e))!k.call(t,a)&&a!==s&&u(t,a,{get:()=>e[a],enumerable:!(n=j(e,a))||n.enumerable});return t};var A=t=>W(u({},"__esModule",{value:!0}),t);var O={};J(O,{reportJunit:()=>y});module.exports=A(O);var m=require("./shared.cjs");var r=require("./shared.cjs");var i=require("./shared.cjs");var d=2e3,C=200,p=20;function*y(t,e){let s=L(t),n=t.findings.length,a={tests:Math.max(1,s.length),failures:0,errors:s.length};yield`${r.b$2}<testsuites${(0,r.d$2)({name:"meshlint",tests:n+a.tests,failures:n,errors:a.errors})}>
`,yield`  <testsuite${(0,r.d$2)({name:"meshlint",...a})}>
`,s.length===0&&(yield`    <testcase${(0,r.d$2)({name:"every manifest was read",classname:"meshlint"})}/>
`);let o=new Set;for(let l of s)yield M(l,o);yield`  </testsuite>
`;for(let[l,f]of(0,r.a$2)(t.findings)){let $=f.length;yield`  <testsuite${(0,r.d$2)({name:l,tests:$,failures:$,errors:0})}>
`,o.clear();for(let c of f)yield N(c,o,e);yield`  </testsuite>
`}yield`</testsuites>
`}function L({notifications:t,complete:e}){let s=t.filter(({level:n})=>n==="error");return s.length>0||e?s:[{level:"error",kind:"incomplete",message:"the run is not complete"}]}function M({kind:t,message:e,file:s},n){let a=s===void 0?[]:[s],o=b([t,...a].join(": "),n),l=[...a.map(i.a$7),(0,i.a$7)((0,i.d$7)(e,d))].join(`
`);return`    <testcase${(0,r.d$2)({name:o,classname:"meshlint"})}>
      <error${(0,r.d$2)({type:t,message:(0,i.d$7)(e,d)})}>${v(l)}</error>
    </testcase>
`}function N(t,e,{docs:s}){let{rule:n,severity:a,location:o,related:l,url:f}=t,$=(0,i.d$7)(t.message,d),c=s.get(n.id),x=[`${h(o)}: ${a}: ${(0,i.a$7)($)}`,...l.slice(0,p).map(g=>`${h(g.location)}: ${(0,i.a$7)((0,i.d$7)(g.message,d))}`),...l.length>p?[`and ${String(l.length-p)} more related places`]:[],...c?[`Why: ${(0,m.a$10)(c.why)}`,`What to do: ${(0,m.a$10)(c.help)}`]:[],...f===""?[]:[f]],S=b(`${n.id}: ${$}`,e);return`    <testcase${(0,r.d$2)({name:S,classname:o.file})}>
      <failure${(0,r.d$2)({type:a,message:$})}>${v(x.join(`
`))}</failure>
    </testcase>
`}function b(t,e){let s=(0,i.d$7)(t,C);for(let n=1;;n+=1){let a=n===1?s:`${s} (${String(n)})`;if(!e.has(a))return e.add(a),a}}function v(t){return t.split(`
`).map(e=>(0,r.c$2)((0,i.b$7)(e))).join(`
`)}function h({file:t,start:e}){return`${(0,i.a$7)(t)}:${String(e.line)}:${String(e.column)}`}0&&(module.exports={reportJunit});
