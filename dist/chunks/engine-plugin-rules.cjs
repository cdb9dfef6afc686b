var s=require("./shared.cjs");module.exports={clashOf:s.f$7,withOwnRules:s.e$7};
