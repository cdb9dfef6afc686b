var s=require("./report-text.cjs");module.exports={byCodeUnits:s.f$1,clip:s.e$1,jsonText:s.d$1,noCommand:s.c$1,visible:s.a$1,visibleLines:s.b$1};
