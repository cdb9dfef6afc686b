var t=require("./shared.cjs");var n=require("./report-text.cjs");var p=t;var r=n;var l=2e3,c={error:"critical",warning:"major",info:"info"};function*m(o,f){let s=new Map,a="[";for(let e of o.findings){let i=(s.get(e.fingerprint)??0)+1;s.set(e.fingerprint,i),yield`${a}
  ${(0,r.d$1)(g(e,i,f))}`,a=","}yield o.findings.length===0?`[]
`:`
]
`}function g({rule:o,severity:f,message:s,location:a,fingerprint:e},i,{rootPrefix:$}){return{description:`${(0,r.a$1)((0,r.e$1)(s,l))}${(0,p.a$21)(a)}`,check_name:o.id,fingerprint:i===1?e:`${e}-${String(i)}`,severity:c[f],location:{path:(0,t.a$20)(a.file,$),lines:{begin:a.start.line,end:(0,n.b$2)(a)}}}}module.exports={reportGitlab:m};
