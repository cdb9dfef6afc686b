var s=require("./report-text.cjs");var f=require("./shared.cjs");var t=f;var r=s;var $=2e3,c={error:"critical",warning:"major",info:"info"};function*m(o,p){let n=new Map,a="[";for(let i of o.findings){let e=(n.get(i.fingerprint)??0)+1;n.set(i.fingerprint,e),yield`${a}
  ${(0,r.c$1)(g(i,e,p))}`,a=","}yield o.findings.length===0?`[]
`:`
]
`}function g({rule:o,severity:p,message:n,location:a,fingerprint:i},e,{rootPrefix:l}){return{description:`${(0,r.a$1)((0,r.d$1)(n,$))}${(0,f.a$17)(a)}`,check_name:o.id,fingerprint:e===1?i:`${i}-${String(e)}`,severity:c[p],location:{path:(0,t.a$16)(a.file,l),lines:{begin:a.start.line,end:(0,s.b$2)(a)}}}}module.exports={reportGitlab:m};
