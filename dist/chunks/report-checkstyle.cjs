var e=require("./shared.cjs");var s=e;var r=require("./report-text.cjs");var d=2e3;function*t(i){yield`${e.b$15}<checkstyle version="4.3">
`;for(let[l,c]of(0,e.a$15)(i.findings)){yield`  <file${(0,e.d$15)({name:l})}>
`;for(let{rule:o,severity:m,message:$,location:a}of c){let{line:f,column:p}=a.start,y=`meshlint.${o.category}.${o.id}`;yield`    <error${(0,e.d$15)({line:f,column:p,severity:m,message:`${(0,r.e$1)($,d)}${(0,s.a$21)(a)}`,source:y})}/>
`}yield`  </file>
`}yield`</checkstyle>
`}module.exports={reportCheckstyle:t};
