var e=require("./shared.cjs");var r=require("./report-text.cjs");var f=2e3;function*o(t){yield`${e.b$2}<checkstyle version="4.3">
`;for(let[a,l]of(0,e.a$2)(t.findings)){yield`  <file${(0,e.d$2)({name:a})}>
`;for(let{rule:s,severity:i,message:c,location:m}of l){let{line:$,column:y}=m.start,d=`meshlint.${s.category}.${s.id}`;yield`    <error${(0,e.d$2)({line:$,column:y,severity:i,message:(0,r.d$1)(c,f),source:d})}/>
`}yield`  </file>
`}yield`</checkstyle>
`}module.exports={reportCheckstyle:o};
