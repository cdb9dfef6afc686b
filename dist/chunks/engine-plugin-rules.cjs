var s=require("./shared.cjs");module.exports={clashOf:s.f$6,withOwnRules:s.e$6};
