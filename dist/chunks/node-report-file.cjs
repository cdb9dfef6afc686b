var e=require("./shared.cjs");module.exports={checkReportFile:e.b$10,checkReportFiles:e.a$10,writeReportFile:e.c$10};
