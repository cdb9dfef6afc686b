var s=require("./report-text.cjs");var a=require("./shared.cjs");var r=s;var m=2e3,c={error:"critical",warning:"major",info:"info"};function*f(o,p){let n=new Map,i="[";for(let t of o.findings){let e=(n.get(t.fingerprint)??0)+1;n.set(t.fingerprint,e),yield`${i}
  ${(0,r.c$1)($(t,e,p))}`,i=","}yield o.findings.length===0?`[]
`:`
]
`}function $({rule:o,severity:p,message:n,location:i,fingerprint:t},e,{rootPrefix:l}){return{description:(0,r.a$1)((0,r.d$1)(n,m)),check_name:o.id,fingerprint:e===1?t:`${t}-${String(e)}`,severity:c[p],location:{path:(0,a.a$7)(i.file,l),lines:{begin:i.start.line,end:(0,s.b$2)(i)}}}}module.exports={reportGitlab:f};
