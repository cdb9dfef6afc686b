var l=Object.defineProperty;var y=Object.getOwnPropertyDescriptor;var p=Object.getOwnPropertyNames;var b=Object.prototype.hasOwnProperty;var g=(r,e)=>{for(var t in e)l(r,t,{get:e[t],enumerable:!0})},h=(r,e,t,i)=>{if(e&&typeof e=="object"||typeof e=="function")for(let o of p(e))!b.call(r,o)&&o!==t&&l(r,o,{get:()=>e[o],enumerable:!(i=y(e,o))||i.enumerable});return r};var u=r=>h(l({},"__esModule",{value:!0}),r);var v={};g(v,{reportCheckstyle:()=>c});module.exports=u(v);var s=require("./shared.cjs");var a=require("./shared.cjs");var k=2e3;function*c(r){yield`${s.b$2}<checkstyle version="4.3">
`;for(let[e,t]of(0,s.a$2)(r.findings)){yield`  <file${(0,s.d$2)({name:e})}>
`;for(let{rule:i,severity:o,message:m,location:$}of t){let{line:d,column:f}=$.start,n=`meshlint.${i.category}.${i.id}`;yield`    <error${(0,s.d$2)({line:d,column:f,severity:o,message:(0,a.d$7)(m,k),source:n})}/>
`}yield`  </file>
`}yield`</checkstyle>
`}0&&(module.exports={reportCheckstyle});
