var i={id:"authorization-allows-anyone",title:"Rule that admits anyone to anything",category:"security",severity:"warning",securitySeverity:"8.1",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"A rule that names no source and no operation matches every request, also of callers without mutual TLS and without an identity. Since one ALLOW rule is enough, no other ALLOW policy of the same workloads keeps anyone out any more.",help:'Name who may call, and what. To admit nobody, leave out the rules altogether ("spec: {}"); to admit everyone, no ALLOW policy is needed at all.',evidence:'A rule of an ALLOW policy asks for no source, no operation and no condition, or only for what every request has ("0.0.0.0/0", any path, any method). Policies for gateways, which outsiders are meant to call, are not reported: those that target a Gateway, that select gateway pods, or whose selector or namespace is named after a gateway. Dry runs admit nobody and are not reported.',bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - {} # warning: this rule admits anyone to anything, with or without mutual TLS
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule","https://istio.io/latest/docs/ops/best-practices/security/#authorization-policies"]}},o={id:"authorization-without-source",title:"Rule that admits anyone to some operations",category:"security",severity:"info",securitySeverity:"5.0",presets:["strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"A rule without a source admits every caller to the operations that it names, also one without mutual TLS and without an identity. That is right for health checks and public pages, and easily forgotten for the rest.",help:'Add the callers as sources ("from"), or suppress the finding with the reason why anyone may call.',evidence:"A rule of an ALLOW policy asks for an operation or for something of the request, and for nothing of the caller: no identity, no address, no token. Policies for gateways and dry runs are not reported.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: catalogue
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: catalogue
        rules:
          - to: # info: this rule names no source, so anyone may do this
              - operation:
                  methods:
                    - GET
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: catalogue
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: catalogue
        rules:
          - from:
              - source:
                  serviceAccounts:
                    - shop/web
            to:
              - operation:
                  methods:
                    - GET
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule"]}},n={id:"deny-all-lockout",title:"DENY rule that locks everyone out",category:"security",severity:"warning",securitySeverity:"5.0",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"DENY stands over ALLOW: what one DENY rule matches no ALLOW policy can admit. A DENY rule for everyone is therefore no default from which ALLOW policies except someone; and one for every identity refuses exactly the callers with mutual TLS.",help:'To deny by default, use an ALLOW policy without rules ("spec: {}") and admit callers in further ALLOW policies. To require mutual TLS, deny notPrincipals ["*"].',evidence:'A rule of a DENY policy matches every request, and an ALLOW policy with rules is in the input whose workloads it all covers: of the same namespace, or of any when the DENY policy is for the whole mesh. Or a rule denies every identity ("*") for whatever they ask. A DENY policy for everyone without such an ALLOW policy may be meant (a quarantine), as may one that is an exception from a wider ALLOW policy; these, policies for gateways and dry runs are not reported.',bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny-by-default
        namespace: payments
      spec:
        action: DENY
        rules:
          - {} # warning: this denies everyone, also whom "payments/ledger" allows
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny-by-default
        namespace: payments
      spec: {}
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      `,references:["https://istio.io/latest/docs/concepts/security/#implicit-enablement","https://istio.io/latest/docs/reference/config/security/authorization-policy/"]}},r={id:"deny-widened-on-tcp",title:"DENY rule that denies every connection of a TCP port",category:"security",severity:"warning",securitySeverity:"6.5",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"Paths, methods, hosts, headers and tokens exist in HTTP only. Where TCP is spoken Istio takes them out of a DENY rule and enforces the rest, which denies every connection to the port, or every one of the sources that it names.",help:'Say in "ports" for which (HTTP) ports the rule is, or name the port of the Service so that it is HTTP (name or appProtocol).',evidence:"A rule of a DENY policy has fields of HTTP, and a port of a selected workload that it is about is TCP, since every Service that leads there says so. Or the policy has no targetRefs, its workloads are ambient, and something is left of the rule without fields of HTTP. Ports that no Service declares, or that are sniffed, are not reported, and neither are dry runs.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-admin
        namespace: shop
      spec:
        action: DENY
        rules:
          - to:
              - operation:
                  paths: # warning: this denies every connection to TCP port 5432 of "shop/store", where "paths" means nothing
                    - /admin/*
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          app: store
        ports:
          - name: http-web
            port: 80
            targetPort: 8080
          - name: tcp-db
            port: 5432
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: store
        template:
          metadata:
            labels:
              app: store
          spec:
            containers:
              - name: store
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-admin
        namespace: shop
      spec:
        action: DENY
        rules:
          - to:
              - operation:
                  ports:
                    - "8080"
                  paths:
                    - /admin/*
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          app: store
        ports:
          - name: http-web
            port: 80
            targetPort: 8080
          - name: tcp-db
            port: 5432
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: store
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: store
        template:
          metadata:
            labels:
              app: store
          spec:
            containers:
              - name: store
      `,references:["https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/","https://istio.io/latest/docs/ambient/usage/l4-policy/"]}},c={id:"deny-without-effect",title:"DENY rule that no ztunnel enforces",category:"security",severity:"error",securitySeverity:"8.9",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"In an ambient mesh a policy without targetRefs is enforced by ztunnels, which know nothing of HTTP: they leave paths, methods, hosts, headers and tokens out, and a rule of which nothing else is left matches nothing. What it should deny is allowed.",help:"Attach the policy to a waypoint with targetRefs (a Service or a Gateway of class istio-waypoint), and make sure that the waypoint is in use.",evidence:"A DENY policy has no targetRefs, and all workloads of the input that it selects are ambient; where none is in the input, the label istio.io/dataplane-mode of its Namespace says so. What is left of the rule without fields of HTTP is empty in its operations, its sources or one of its conditions. Dry runs are not reported.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-admin
        namespace: shop
      spec:
        action: DENY
        rules:
          - to:
              - operation:
                  paths: # error: this rule denies nothing: ztunnels do not look at "paths"
                    - /admin/*
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-admin
        namespace: shop
      spec:
        targetRefs:
          - kind: Service
            group: ""
            name: web
        action: DENY
        rules:
          - to:
              - operation:
                  paths:
                    - /admin/*
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,references:["https://istio.io/latest/docs/ambient/usage/l4-policy/","https://istio.io/latest/docs/ambient/usage/l7-features/"]}},h={id:"foreign-trust-domain",title:"Source of a trust domain that the mesh does not have",category:"security",severity:"warning",securitySeverity:"5.5",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],equivalents:[{tool:"kiali",code:"KIA0108"}],docs:{why:'A workload accepts certificates of the trust domain of its mesh and of the aliases of it, and of no other. A source of another trust domain therefore matches nobody, and "cluster.local" stands for the trust domain of the mesh only where a principal is written out in full, without a "*" for some of its parts.',help:"Use the trust domain of the mesh. To admit callers of another mesh, list its trust domain in trustDomainAliases, or with its certificates in caCertificates, of the mesh configuration.",evidence:'The trust domain of the mesh is known: a mesh configuration is in the input or was given, or the mesh is complete (and has "cluster.local" then). Its aliases and the trust domains of its caCertificates count as well. Policies for gateways are not judged, whose clients may have certificates of anyone.',bad:`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          trustDomain: shop.example
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - partner.example/ns/shop/sa/cart # warning(partner.example): no caller has trust domain "partner.example": the mesh has "shop.example"
                    - cluster.local/ns/shop/* # warning(cluster.local): no caller has trust domain "cluster.local"
      `,good:`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          trustDomain: shop.example
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - shop.example/ns/shop/sa/cart
                    - cluster.local/ns/shop/sa/web
      `,references:["https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-trust_domain","https://istio.io/latest/docs/tasks/security/authorization/authz-td-migration/"]}},l={id:"negative-only-source",title:"Source that admits everyone but a few",category:"security",severity:"warning",securitySeverity:"5.0",presets:["strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"An ALLOW rule that only says who is left out admits everyone else: each namespace and workload that is added later, and callers without mutual TLS, who have no identity that could be left out.",help:"Name who may call (principals, serviceAccounts, namespaces). To keep a few out whatever else is allowed, use a DENY policy, together with mutual TLS in mode STRICT.",evidence:"A source of an ALLOW rule, together with the conditions of the rule, has notPrincipals, notNamespaces, notServiceAccounts, notTrustDomains or not-forms of addresses, and nothing that says who is meant, or only what takes every identity. Policies for gateways and dry runs are not reported.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  notNamespaces:
                    - sandbox # warning: everyone but namespace "sandbox" is admitted, and callers without an identity as well
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  namespaces:
                    - shop
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source","https://istio.io/latest/docs/ops/best-practices/security/#use-allow-with-positive-matching-and-deny-with-negative-match-patterns"]}},d={id:"overbroad-principals",title:"Source that admits every identity",category:"security",severity:"warning",securitySeverity:"7.7",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"Every workload in the mesh has an identity, so a source that takes any of them keeps out nobody but callers without mutual TLS. One workload that is taken over, in whatever namespace, can then call this one.",help:'Name the callers: principals such as "cluster.local/ns/shop/sa/web", or serviceAccounts, or at least namespaces. To demand only mutual TLS, use a PeerAuthentication of mode STRICT.',evidence:"A source of an ALLOW rule, together with all else that it and the conditions of the rule ask of the caller, takes every identity, or every identity of one trust domain. Sources that also ask for an address or a token are not reported, and neither are dry runs. What the rule asks of the request (paths, methods, ports) does not matter here: it does not choose among callers.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  principals:
                    - "*" # warning: "*" admits every workload that has an identity, in whatever namespace
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        selector:
          matchLabels:
            app: ledger
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source","https://istio.io/latest/docs/ops/best-practices/security/#authorization-policies"]}},p={id:"plaintext-bypasses-policy",title:"Exclusion by identity that plaintext gets round",category:"security",severity:"error",securitySeverity:"8.6",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],equivalents:[{tool:"kiali",code:"KIA0105"}],docs:{why:"Only mutual TLS gives a caller an identity. A plaintext caller has none, so that notNamespaces or notPrincipals of an ALLOW rule do not leave it out and namespaces or principals of a DENY rule do not find it. Whoever is excluded gets in by calling without a proxy.",help:'Require mutual TLS with a PeerAuthentication of mode STRICT, or deny callers without an identity: a DENY rule with notPrincipals ["*"]. Better still, let ALLOW rules name who may call.',evidence:"The rule is enforced for a port that takes plaintext: a PeerAuthentication of the input says PERMISSIVE or DISABLE for it, or the mesh is complete and none says anything. And there is a call that the policies of the port together refuse with an excluded identity and admit without one. Where the workloads are not in the input, those that the selector describes count; where nothing in an open mesh decides about mutual TLS, the question counts as unknown.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-sandbox
        namespace: payments
      spec:
        action: DENY
        rules:
          - from:
              - source:
                  namespaces:
                    - sandbox # error: callers of namespace "sandbox" get past this with plaintext
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: PERMISSIVE
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: no-sandbox
        namespace: payments
      spec:
        action: DENY
        rules:
          - from:
              - source:
                  namespaces:
                    - sandbox
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/news/security/istio-security-2021-004/","https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls","https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source"]}},u={id:"policy-selects-nothing",title:"Policy that no proxy takes",category:"reference",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy","RequestAuthentication","PeerAuthentication"],equivalents:[{tool:"kiali",code:"KIA0004"},{tool:"istioctl",code:"IST0127"}],docs:{why:"A policy is enforced by the proxies that its selector or targetRefs take, and by no other. One that takes none says nothing: what it should deny is allowed, and what it should require is not required.",help:"Write the labels as they stand on the pods (in the template of the Deployment, not on the Deployment itself), in the namespace of the pods. A policy for a GatewayClass belongs into the root namespace.",evidence:"The mesh is complete for the namespace of the policy (for all namespaces, if it is the root namespace), and no pod template, WorkloadEntry, WorkloadGroup or Gateway there has all labels of the selector; otherwise that counts as unknown. Without a complete mesh it is reported only of targetRefs that Istio takes for no policy: a GatewayClass outside of the root namespace. A PeerAuthentication with a selector in the root namespace is another fault.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: waypoints
        namespace: shop
      spec:
        targetRefs:
          - kind: GatewayClass # warning(GatewayClass): no proxy takes this policy
            group: gateway.networking.k8s.io
            name: istio-waypoint
        action: DENY
        rules:
          - to:
              - operation:
                  paths:
                    - /admin/*
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: waypoints
        namespace: istio-system
      spec:
        targetRefs:
          - kind: GatewayClass
            group: gateway.networking.k8s.io
            name: istio-waypoint
        action: DENY
        rules:
          - to:
              - operation:
                  paths:
                    - /admin/*
      `,references:["https://istio.io/latest/docs/reference/config/type/workload-selector/","https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy"]}},m={id:"principal-crosses-namespaces",title:"Wildcard that takes callers of several namespaces",category:"security",severity:"warning",securitySeverity:"7.2",presets:["strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:'A "*" is only about letters: "cluster.local/ns/shop*" also takes namespaces "shopping" and "shop-test", and "*/sa/web" takes an account "web" that anyone makes in a namespace of their own. Whoever may create such a namespace or account may then call the workload.',help:'End a prefix with a slash ("cluster.local/ns/shop/*"), or name namespace and service account in full.',evidence:'A value with a "*" in the sources or conditions of an ALLOW rule takes identities of several namespaces, also with all else that is asked of the caller. Prefixes in the field namespaces are reported only where the "*" follows a letter or digit. Values that take everyone or a whole trust domain belong to another rule; sources that also ask for an address or a token, and dry runs, are not reported.',bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop* # warning: "cluster.local/ns/shop*" admits callers of each namespace that begins with "shop"
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/*
      `,references:["https://istio.io/latest/docs/concepts/security/#value-matching","https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source"]}},v={id:"principal-never-matches",title:"Principal that matches nobody",category:"security",severity:"error",securitySeverity:"7.0",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],equivalents:[{tool:"kiali",code:"KIA0106"}],docs:{why:'Istio compares principals with identities like "cluster.local/ns/shop/sa/web", and a value that no identity equals is taken without a complaint. In an ALLOW rule whoever was meant is locked out; in a DENY rule, or as a notPrincipal, whoever was meant gets in.',help:'Write principals as trust domain, "ns", namespace, "sa" and service account, without "spiffe://". A "*" is a wildcard only as the whole value, as its first or as its last character; to mean an account by namespace and name alone, use serviceAccounts.',evidence:'A principal begins with "spiffe://", has a "*" in the middle or at both ends, or has not the parts of an identity. Values that may be identities of another trust domain, or of the clients of a gateway, are judged only where they have "ns" or "sa" in them. In a complete mesh also: no such service account is defined, and nothing runs with it; otherwise that counts as unknown.',bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - spiffe://cluster.local/ns/shop/sa/cart # error(spiffe://): this principal matches nobody: Istio puts "spiffe://" in front of it once more
                    - cluster.local/ns/*/sa/web # error(*): this principal matches nobody: a "*" in the middle is only a star
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
                    - "*/sa/web"
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source","https://istio.io/latest/docs/concepts/security/#principals"]}},f={id:"rule-without-effect",title:"ALLOW rule that is left out for its HTTP fields",category:"security",severity:"warning",securitySeverity:"5.0",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"Paths, methods, hosts, headers and tokens exist in HTTP only. On a TCP port, and in an ambient mesh without a waypoint, Istio leaves an ALLOW rule with any of them out as a whole, also what it says about other ports. The policy is still there, so that whoever the rule should admit is refused.",help:"Put what is about TCP ports into a rule of its own without HTTP fields, or name the port of the Service so that it is HTTP (name or appProtocol). In an ambient mesh attach the policy to a waypoint with targetRefs.",evidence:"A rule of an ALLOW policy has fields of HTTP, and every port of the selected workloads that it is about is TCP, since the Services that lead there say so; or an operation names only such ports, and another part of the rule has fields of HTTP. Or the policy has no targetRefs and its workloads are ambient, so that only ztunnels enforce it; where no workload is in the input, the label of the Namespace says so. Ports that no Service declares, or that are sniffed, are not reported, and neither are dry runs.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: web
        namespace: shop
      spec:
        rules:
          - to:
              - operation:
                  paths: # warning: ztunnels leave this rule out, so it admits nobody
                    - /public
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: web
        namespace: shop
      spec:
        targetRefs:
          - kind: Service
            group: ""
            name: web
        rules:
          - to:
              - operation:
                  paths:
                    - /public
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio.io/dataplane-mode: ambient
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation","https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/","https://istio.io/latest/docs/ambient/usage/l4-policy/"]}},w={id:"source-needs-mtls",title:"Source by identity where no caller has one",category:"security",severity:"error",securitySeverity:"5.9",presets:["recommended","strict"],since:"0.1.0",subjects:["AuthorizationPolicy"],equivalents:[{tool:"kiali",code:"KIA0105"}],docs:{why:"Only mutual TLS gives a caller an identity (and a server name). Where it is switched off, at the workload or by its clients, the rule admits none of those that it names, and they get 403 or a closed connection.",help:"Switch mutual TLS on: mode STRICT or PERMISSIVE in the PeerAuthentication, and no tls block of mode DISABLE in the DestinationRule that the clients get.",evidence:"A source or condition of an ALLOW rule asks for principals, namespaces, service accounts, trust domains or a server name. Either all ports for which the rule is enforced have mutual TLS switched off (mode DISABLE of a PeerAuthentication), or the callers that it names get a DestinationRule for them, in the input, whose tls mode is DISABLE, or automatic mutual TLS is off and nothing switches it on. Where a port takes mutual TLS and the clients send it, the rule is right, also if plaintext is taken as well.",bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart # error: this admits nobody: mutual TLS is off here, so that no caller has an identity
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: DISABLE
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/shop/sa/cart
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls","https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source"]}},y={id:"source-relies-on-destination-rules",title:"Source by identity that only some DestinationRules give",category:"security",severity:"info",securitySeverity:"2.0",presets:[],since:"0.1.0",subjects:["AuthorizationPolicy"],equivalents:[{tool:"kiali",code:"KIA0105"}],docs:{why:"Automatic mutual TLS is off, so that callers come with an identity only where a DestinationRule that they get says ISTIO_MUTUAL. Since the port takes plaintext as well, nobody notices a client without one, but that the rule refuses it.",help:"Switch automatic mutual TLS on (enableAutoMtls), or require mutual TLS with a PeerAuthentication of mode STRICT.",evidence:"The mesh configuration in the input switches automatic mutual TLS off, a rule of an ALLOW policy asks for an identity, and the port takes mutual TLS and plaintext: a PeerAuthentication says so, or the mesh is complete and none says anything. Callers that are known to send plaintext are another fault.",bad:`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          enableAutoMtls: false
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: PERMISSIVE
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  namespaces:
                    - shop # info: only callers whose DestinationRule says ISTIO_MUTUAL have an identity here
      `,good:`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: istio
        namespace: istio-system
      data:
        mesh: |
          enableAutoMtls: true
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: payments
      spec:
        mtls:
          mode: PERMISSIVE
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  namespaces:
                    - shop
      `,references:["https://istio.io/latest/docs/concepts/security/#dependency-on-mutual-tls","https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-enable_auto_mtls"]}},g={id:"whole-namespace-source",title:"Source that admits a whole namespace",category:"security",severity:"info",securitySeverity:"3.5",presets:[],since:"0.1.0",subjects:["AuthorizationPolicy"],docs:{why:"All workloads of a namespace may call, where often one or two of them need to. Service accounts tell them apart, and the namespace has several.",help:"Name the service accounts that call, in principals or serviceAccounts.",evidence:'A source of an ALLOW rule takes every identity of one namespace, and at least two service accounts of that namespace (other than "default") are in the input: defined, or used by a workload. Sources that also ask for an address or a token, and dry runs, are not reported.',bad:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  namespaces:
                    - shop # info: every workload of namespace "shop" is admitted, with any of its service accounts "cart" and "web"
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: cart
        namespace: shop
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: web
        namespace: shop
      `,good:`
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: ledger
        namespace: payments
      spec:
        rules:
          - from:
              - source:
                  serviceAccounts:
                    - shop/cart
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: cart
        namespace: shop
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: web
        namespace: shop
      `,references:["https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source"]}},b={id:"suppression-without-reason",title:"Suppression that gives no reason",category:"hygiene",severity:"warning",presets:["strict"],since:"0.1.0",subjects:[],docs:{why:"Whoever reads it later can not tell whether it still holds, so nobody dares to remove it.",help:"Say why behind ` -- ` in a comment, or behind a colon in the annotation.",evidence:"A comment or an annotation of meshlint names a rule and nothing behind it. The annotations of istioctl and Kiali have no place for a reason.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation # warning(# meshlint-disable-next-line schema-violation): "meshlint-disable-next-line" gives no reason
          mode: STRICTEST
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation -- our fork knows this mode
          mode: STRICTEST
      `,references:["https://github.com/meshlint/meshlint/blob/main/docs/rules/README.md"]}},k={id:"unknown-suppression",title:"Suppression of a rule that there is not",category:"hygiene",severity:"warning",presets:["strict"],since:"0.1.0",subjects:[],docs:{why:"It suppresses nothing. What it was meant for is reported, or will be hidden by nobody knows what once the name exists.",help:"Write the id that the report shows in brackets; `meshlint rules` lists all. Rules stand between commas, and a reason behind ` -- `.",evidence:"A comment or an annotation of meshlint names something that is neither the id nor a former id of a rule, or names nothing.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
        annotations:
          meshlint.dev/ignore: "schema-violatoin: our fork knows this mode" # warning: there is no rule "schema-violatoin"; did you mean "schema-violation"?
      spec:
        mtls:
          mode: STRICT
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation -- our fork knows this mode
          mode: STRICTEST
      `,references:["https://github.com/meshlint/meshlint/blob/main/docs/rules/README.md"]}},S={id:"unused-suppression",title:"Suppression that suppresses nothing",category:"hygiene",severity:"warning",presets:["strict"],since:"0.1.0",subjects:[],docs:{why:"What it was for is mended, or it stands in the wrong place. It hides the next fault of that kind as soon as there is one.",help:"Remove the name of the rule, or move the suppression to the line in front of what is reported.",evidence:"The rule that is named runs, decided everything, and finds nothing in the place that the suppression is for. It is silent for rules that do not run, for rules that left anything undecided, in runs that are not complete, with --namespace, and about the annotations of istioctl and Kiali.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation -- the old name # warning(schema-violation): "schema-violation" finds nothing that this suppresses
          mode: STRICT
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          # meshlint-disable-next-line schema-violation -- our fork knows this mode
          mode: STRICTEST
      `,references:["https://github.com/meshlint/meshlint/blob/main/docs/rules/README.md"]}},A={id:"credential-without-selector",title:"Credential that sidecars leave out together with the TLS around it",category:"security",severity:"warning",securitySeverity:"7.5",presets:["recommended","strict"],since:"0.1.0",subjects:["DestinationRule"],docs:{why:"Only gateways, and sidecars that a workloadSelector names, may fetch the Secret of a credentialName. All other sidecars drop the whole tls block without a word and send plaintext.",help:"Add a workloadSelector for the pods that are meant (their service account must be allowed to read the Secret), or mount the certificates and name them in clientCertificate, privateKey and caCertificates.",evidence:"A DestinationRule without workloadSelector has a credentialName (no ConfigMap) with mode SIMPLE or MUTUAL, pods of its namespace have a sidecar, no pod there is a gateway, and no VirtualService of the mesh takes the host, as one for an egress gateway does. Where it is not known whether sidecars use the rule, the question counts as unknown.",bad:`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio-injection: enabled
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: cart
        namespace: shop
        labels:
          app: cart
      spec:
        containers:
          - name: cart
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        trafficPolicy:
          tls:
            mode: MUTUAL
            credentialName: bank-client # warning: sidecars leave out the whole tls block for want of a workloadSelector, and send plaintext instead of MUTUAL
      `,good:`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio-injection: enabled
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: cart
        namespace: shop
        labels:
          app: cart
      spec:
        containers:
          - name: cart
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        workloadSelector:
          matchLabels:
            app: cart
        trafficPolicy:
          tls:
            mode: MUTUAL
            credentialName: bank-client
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings"]}},T={id:"mtls-conflict",title:"Client TLS that the workloads of the service refuse",category:"traffic",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["DestinationRule"],equivalents:[{tool:"kiali",code:"KIA0207"}],docs:{why:"A DestinationRule tells clients what to send, and a PeerAuthentication tells workloads what to take; Istio does not compare the two. Where they do not fit every connection fails: plaintext is reset where mutual TLS is required, and TLS that no proxy ends is no request to an application.",help:"Remove the tls settings, so that clients send mutual TLS to every pod that takes it, or set ISTIO_MUTUAL; change the PeerAuthentication if the server is meant to take what the clients send.",evidence:"The Service and pods behind it are in the input, it is known whether they have a proxy, and clients get this rule whatever the order of creation; what the mode sends is then compared with what each pod takes. Without any pod of the namespace, a rule for the whole namespace that sends plaintext is compared with the PeerAuthentication of that namespace. Mutual TLS that a PeerAuthentication turns off is reported by mtls-refused.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: shop
      spec:
        host: '*.shop.svc.cluster.local'
        trafficPolicy:
          tls:
            mode: DISABLE # error: plaintext is sent to namespace "shop", where "shop/default" requires mutual TLS
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: shop
      spec:
        host: '*.shop.svc.cluster.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule","https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings-TLSmode"]}},V={id:"mtls-port-not-found",title:"Mutual TLS set for a port that no selected container declares",category:"security",severity:"warning",securitySeverity:"4.0",presets:["strict"],since:"0.1.0",subjects:["PeerAuthentication"],docs:{why:"The keys of portLevelMtls are ports of the container. Where nothing listens on the port the entry does nothing, and the port that was meant keeps the mode of the workload.",help:"Write a port of the container, or declare the port in the container if it listens on it.",evidence:"Workloads that the policy selects are in the input, all of them declare ports, none of them declares this one, and no Service leads to it. Kubernetes does not ask containers to declare their ports, so the rule is not in recommended.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        portLevelMtls:
          8081: # warning(8081): no container of "shop/cart" declares port 8081
            mode: STRICT
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        portLevelMtls:
          8080:
            mode: STRICT
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,references:["https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication","https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports"]}},P={id:"mtls-port-of-service",title:"Mutual TLS set for a port of the service instead of the container",category:"security",severity:"warning",securitySeverity:"6.5",presets:["recommended","strict"],since:"0.1.0",subjects:["PeerAuthentication"],docs:{why:"The keys of portLevelMtls are ports of the container. An entry for the port of the service has no effect, and the port on which the container listens keeps the mode of the workload.",help:"Write the port to which the service leads (its targetPort).",evidence:"Workloads that the policy selects are in the input, a Service leads from the port that is named to another port of theirs, none of their containers declares the port, and no Service leads to it.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        portLevelMtls:
          80: # warning(80): port 80 is a port of the service "cart", which leads to port 8080 of the container
            mode: STRICT
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          app: cart
        ports:
          - name: http
            port: 80
            targetPort: 8080
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        portLevelMtls:
          8080:
            mode: STRICT
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          app: cart
        ports:
          - name: http
            port: 80
            targetPort: 8080
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,references:["https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication"]}},R={id:"mtls-refused",title:"Mutual TLS turned off where clients are told to use it",category:"traffic",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["PeerAuthentication"],equivalents:[{tool:"kiali",code:"KIA0505"}],docs:{why:"With DISABLE the proxy in front of a workload takes plaintext only. Clients that a DestinationRule makes send mutual TLS all the same are not understood, and their requests fail.",help:"Set the mode to STRICT or PERMISSIVE, or remove the tls settings of the DestinationRule: without them clients send what each pod takes.",evidence:"A PeerAuthentication says DISABLE, and clients get a DestinationRule that says ISTIO_MUTUAL for an http port of pods for which this policy decides. Without any pod of the namespace, a policy for the whole namespace is compared with the DestinationRule that clients elsewhere get for its services.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: DISABLE # error: mutual TLS is refused, but "istio-system/everything" tells clients to send it to "*.local"
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      `,references:["https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode"]}},L={id:"peer-authentication-ignored",title:"PeerAuthentication that no workload takes",category:"security",severity:"warning",securitySeverity:"7.0",presets:["recommended","strict"],since:"0.1.0",subjects:["PeerAuthentication"],docs:{why:"In the root namespace a PeerAuthentication is for the whole mesh, and Istio reads only those without a selector there. One with a selector has no effect, not even on pods of the root namespace, so that what it asks for never comes about.",help:"Move the policy to the namespace of the pods that it selects, or remove the selector if it is meant for the whole mesh.",evidence:"The policy lies in the root namespace (istio-system, unless the mesh configuration or --istio-namespace says otherwise) and has a selector with labels. Or it has portLevelMtls and no label to select workloads by, wherever it lies.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: istio-system
      spec:
        selector: # warning: the policy has no effect
          matchLabels:
            app: cart
        mtls:
          mode: STRICT
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication"]}},I={id:"peer-authentication-order",title:"PeerAuthentications of which only the oldest counts",category:"security",severity:"warning",securitySeverity:"6.0",presets:["recommended","strict"],since:"0.1.0",subjects:["PeerAuthentication"],docs:{why:"Istio does not merge PeerAuthentications of one level: of several for the mesh, for one namespace or for one pod it takes the oldest alone, with all its ports. The manifests do not say which one that is, so that the mode that holds depends on the order in which they are created.",help:"Put what the policies say into one, or give them selectors that take different pods.",evidence:"Two policies that say different things have no selector and lie in one namespace, or have the same selector there, or select the same workload of the input. Where one of them accepts plaintext, permissive-mtls reports that one and names the other.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: strict # warning: only the older one of "shop/strict" and "shop/unset" counts
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: unset # warning: only the older one of "shop/unset" and "shop/strict" counts
        namespace: shop
      spec:
        mtls:
          mode: UNSET
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: strict
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/docs/concepts/security/#authentication-policies"]}},x={id:"permissive-mtls",title:"Mutual TLS that plaintext can bypass",category:"security",severity:"warning",securitySeverity:"7.5",presets:["recommended","strict"],since:"0.1.0",subjects:["PeerAuthentication"],options:{allowNamespaces:{description:"Namespaces that are still migrating to mutual TLS; policies in them are not reported.",default:[]}},docs:{why:"PERMISSIVE takes mutual TLS and plaintext alike, and DISABLE takes plaintext only. Any pod in the cluster can then talk to the workload unencrypted and without an identity, so that a policy that excludes someone by name does not stop them.",help:"Set the mode to STRICT. Where clients without a proxy remain, list their namespace in the option allowNamespaces while they migrate.",evidence:"A PeerAuthentication writes PERMISSIVE or DISABLE, and it decides the mode of at least one port of a workload in the mesh; it is silent where other policies decide for every workload that it reaches, and where it reaches only gateways and pods without a proxy. Where no workload is in the input, the policy is taken at its word.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: PERMISSIVE # warning: PERMISSIVE accepts plaintext
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode","https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/"]}},D={id:"plaintext-by-default",title:"Namespace in which nothing requires mutual TLS",category:"security",severity:"warning",securitySeverity:"5.5",presets:["strict"],since:"0.1.0",subjects:["Namespace"],docs:{why:"Where no PeerAuthentication sets a mode, Istio takes mutual TLS and plaintext alike. Any pod in the cluster can then talk to the workloads of the namespace unencrypted and without an identity.",help:"Create a PeerAuthentication with mode STRICT in the root namespace for the whole mesh, or in this namespace.",evidence:"The mesh is complete, the namespace has workloads of the mesh that declare ports, and no PeerAuthentication sets a mode for at least one of these ports: neither for the workload, nor for the namespace, nor for the mesh. In an open mesh such a policy may lie elsewhere, and the question counts as unknown.",bad:`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop # warning: nothing requires mutual TLS for 1 workload of namespace "shop"
        labels:
          istio-injection: enabled
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,good:`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels:
          istio-injection: enabled
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: cart
        namespace: shop
      spec:
        selector:
          matchLabels:
            app: cart
        template:
          metadata:
            labels:
              app: cart
          spec:
            containers:
              - name: cart
                ports:
                  - containerPort: 8080
      `,references:["https://istio.io/latest/docs/reference/config/security/peer_authentication/","https://istio.io/latest/docs/ops/best-practices/security/#mutual-tls"]}},E={id:"plaintext-to-strict-mesh",title:"Broad DestinationRule that sends plaintext in a mesh that requires mutual TLS",category:"traffic",severity:"warning",presets:["strict"],since:"0.1.0",subjects:["DestinationRule"],equivalents:[{tool:"kiali",code:"KIA0207"},{tool:"kiali",code:"KIA0208"}],docs:{why:"The PeerAuthentication of the root namespace requires mutual TLS of every sidecar, and this rule makes clients send plaintext to a whole namespace or cluster. Connections to every pod with a sidecar there are reset; only pods without one take them.",help:"Remove the tls settings: clients then send plaintext to pods without a sidecar by themselves, and mutual TLS to all others.",evidence:"A DestinationRule for all services of a namespace or of the cluster says DISABLE, the mesh policy says STRICT, the namespace has no policy of its own, and no pod of it is in the input (of the cluster: no pod at all). Where pods are known, mtls-conflict says what becomes of the connections. A rule for a namespace without sidecars is right, which is why this one is not in recommended.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: DISABLE # warning: plaintext is sent to every service, but "istio-system/default" requires mutual TLS of the whole mesh
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: istio-system
      spec:
        mtls:
          mode: STRICT
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: istio-system
      spec:
        host: '*.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: istio-system
      spec:
        mtls:
          mode: STRICT
      `,references:["https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/#sidecars"]}},W={id:"tls-settings-erased",title:"Port settings that turn the TLS of a DestinationRule off",category:"security",severity:"warning",securitySeverity:"7.4",presets:["recommended","strict"],since:"0.1.0",subjects:["DestinationRule"],docs:{why:"An entry of portLevelSettings replaces all that stands around it, also what it does not mention. Where it has no tls of its own, clients send plaintext to this port, although the rule asks for TLS.",help:"Repeat the tls settings in the entry for the port.",evidence:"A trafficPolicy (of the rule, or of a subset) asks for TLS with mode SIMPLE or MUTUAL, and has an entry in portLevelSettings without tls. Silent for ISTIO_MUTUAL, which clients then use by themselves, and for DISABLE.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        trafficPolicy:
          tls:
            mode: SIMPLE
          portLevelSettings:
            - port:
                number: 443 # warning: clients send plaintext to port 443: this entry has no tls, and turns SIMPLE off
              loadBalancer:
                simple: LEAST_REQUEST
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: bank
        namespace: shop
      spec:
        host: api.bank.example.com
        trafficPolicy:
          tls:
            mode: SIMPLE
          portLevelSettings:
            - port:
                number: 443
              loadBalancer:
                simple: LEAST_REQUEST
              tls:
                mode: SIMPLE
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-PortTrafficPolicy"]}},z={id:"gateway-not-found",title:"VirtualService for a gateway that there is none of",category:"reference",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],equivalents:[{tool:"istioctl",code:"IST0101"},{tool:"kiali",code:"KIA1102"}],docs:{why:"The routes of a VirtualService exist only at the gateways that it names. With a name that no Gateway has it gives them to nobody, and requests that come in from outside get 404.",help:"Write the name of a Gateway: namespace/name, or only the name for one of the namespace of the VirtualService.",evidence:"The mesh is complete for the namespace of the Gateway, and no Gateway (of Istio or of the Gateway API) there has the name. In an open mesh it may be defined elsewhere, and the question counts as unknown.",bad:`
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata:
        name: public
        namespace: edge
      spec:
        selector:
          app: gateway
        servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
              - shop.example.com
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: shop
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/publik # error: there is no Gateway "edge/publik": did you mean "edge/public"?
        http:
          - route:
              - destination:
                  host: shop
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata:
        name: public
        namespace: edge
      spec:
        selector:
          app: gateway
        servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
              - shop.example.com
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: shop
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - route:
              - destination:
                  host: shop
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService"]}},C={id:"host-not-found",title:"Route to a host that no service has",category:"reference",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService","HTTPRoute","GRPCRoute"],equivalents:[{tool:"istioctl",code:"IST0101"},{tool:"kiali",code:"KIA1101"}],docs:{why:"A proxy has clusters for the hosts of the Services and ServiceEntries that it sees. For any other host there is none, and every request on the route fails with 503 (500 for a route of the Gateway API); copies for a mirror are lost.",help:"Write the host of a Service or ServiceEntry that the proxies of the route see, or define one. A host without a dot is a service of the namespace of the route; for another namespace write the full name.",evidence:"The mesh is complete for the namespace of the service (for all namespaces, if the host is no name of a Service), and no Service or ServiceEntry there has the host, or none that has it is exported to the namespaces whose proxies use the route. In an open mesh it may be defined elsewhere, and the question counts as unknown. A wildcard of a ServiceEntry counts for all hosts that it covers, and what Istio installs in its own namespace is not looked for.",bad:`
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: shop
      spec:
        ports:
          - name: http
            port: 9080
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: review # error: no Service or ServiceEntry has the host "review": did you mean "reviews"?
      `,good:`
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: shop
      spec:
        ports:
          - name: http
            port: 9080
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination","https://istio.io/latest/docs/reference/config/networking/service-entry/"]}},q={id:"port-not-found",title:"Route to a port that the service does not have",category:"reference",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService","HTTPRoute","GRPCRoute"],equivalents:[{tool:"istioctl",code:"IST0101"}],docs:{why:"A proxy has one cluster for each port of a service. For any other port there is none, and every request on the route fails with 503 (500 for a route of the Gateway API).",help:"Write a port of the Service or ServiceEntry, by its own number and not that of the container.",evidence:"A Service or ServiceEntry with the host is in the input and seen by proxies that use the route, and none of those that are has the port. Silent for a Service without ports, for an ExternalName Service, and for a host that is only covered by a wildcard.",bad:`
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: shop
      spec:
        ports:
          - name: http
            port: 9080
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  port:
                    number: 8080 # error: service "reviews" has no port 8080, only 9080
      `,good:`
      apiVersion: v1
      kind: Service
      metadata:
        name: reviews
        namespace: shop
      spec:
        ports:
          - name: http
            port: 9080
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  port:
                    number: 9080
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#PortSelector","https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service"]}},M={id:"catch-all-missing",title:"VirtualService that leaves some requests without a route",category:"traffic",severity:"info",presets:[],since:"0.1.0",subjects:["VirtualService"],docs:{why:"A VirtualService takes over all requests for its hosts. Those that none of its http routes matches get 404, and do not go to the service as they would without it.",help:"Add a last route without match if these requests are meant to be served, or leave it if 404 is the right answer.",evidence:"The http routes of a VirtualService together do not match every request: all fields of a match are compared, regular expressions as languages, and the message has a request that no route takes. Who calls, and through which gateway or port, is left aside; at a gateway the VirtualServices of a host are merged, and seen together. Silent for delegates, and where a match can not be compared.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http: # info(http): no route takes a request for path "/other", which gets 404
          - match:
              - uri:
                  prefix: /reviews
            route:
              - destination:
                  host: reviews
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - match:
              - uri:
                  prefix: /reviews
            route:
              - destination:
                  host: reviews
          - route:
              - destination:
                  host: reviews-rest
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute"]}},j={id:"gateway-route-order",title:"Routes of two VirtualServices that a gateway takes in order of creation",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],docs:{why:"A gateway puts the routes of all VirtualServices for a host one behind the other, those of the oldest first. Where two of them take the same requests, the older one gets them, and the manifests do not say which one that is: after the next reinstallation it may be the other.",help:"Put both routes into one VirtualService, which may delegate to others, or make their matches exclude each other.",evidence:"Two VirtualServices have the same host at the same gateway, and a route of each takes one and the same request (the message names one), for which they do different things. Routes that take everything always stand behind all others, and are compared with each other only. Silent where a server admits only one of the two, where one is exported by name and therefore comes first, and where a match can not be compared. Reported once, at the VirtualService that comes later by namespace and name.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: api
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - match:
              - uri:
                  prefix: /api
            route:
              - destination:
                  host: api
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: users
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - name: users # warning: a request for path "/api/users" is also taken by route 1 of "shop/api": it gets the one that was created first
            match:
              - uri:
                  prefix: /api/users
            route:
              - destination:
                  host: users
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: api
        namespace: shop
      spec:
        hosts:
          - shop.example.com
        gateways:
          - edge/public
        http:
          - name: users
            match:
              - uri:
                  prefix: /api/users
            route:
              - destination:
                  host: users
          - match:
              - uri:
                  prefix: /api
            route:
              - destination:
                  host: api
      `,references:["https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services","https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService"]}},N={id:"host-routed-twice",title:"Host that two VirtualServices route for the same sidecars",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],equivalents:[{tool:"istioctl",code:"IST0109"},{tool:"kiali",code:"KIA1106"}],docs:{why:"Sidecars do not merge VirtualServices: for each host they take the http routes of one alone, the oldest. The manifests do not say which one that is, and all routes of the other are ignored.",help:"Put the routes into one VirtualService (it may delegate to others), or export the two to different namespaces. At gateways VirtualServices of one host are merged, and the rule does not look there.",evidence:"Two VirtualServices of the mesh (not only of a gateway) have the same host and http routes, some sidecars see both by exportTo and Sidecar resources, neither is nearer to them (what is exported by name goes before what is public), and at least one of the two routes for every client and port.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews # warning: host "reviews" is also routed by "shop/reviews-admin"
        http:
          - route:
              - destination:
                  host: reviews
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews-admin
        namespace: shop
      spec:
        hosts:
          - reviews.shop.svc.cluster.local # warning: is also routed by "shop/reviews"
        http:
          - match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - route:
              - destination:
                  host: reviews
      `,references:["https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services","https://istio.io/latest/docs/reference/config/analysis/ist0109/"]}},O={id:"partly-unreachable-route",title:"Route that only some clients or gateways reach",category:"traffic",severity:"info",presets:[],since:"0.1.0",subjects:["VirtualService"],docs:{why:"A route for some gateways, namespaces or pods that takes all of their requests hides the routes behind it from them. For all other clients these routes still work, so that the difference shows only with the right client.",help:"Move the route in front of the one that hides it if it is meant for everyone, or say in its match whom it is for.",evidence:"An earlier route that names gateways, sourceLabels or sourceNamespace takes all requests of a later one that come from these clients, and other clients do reach it (if none does, that is unreachable-route). Silent for routes that say themselves whom they are for, for a route that matches everything, which is what is left for all others, and where a match can not be compared.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - name: testers
            match:
              - sourceNamespace: testing
            route:
              - destination:
                  host: reviews
                  subset: v2
          - name: admin # info: clients of namespace "testing" never reach this route: "testers" takes all of their requests for it
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - route:
              - destination:
                  host: reviews
                  subset: v1
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - name: admin
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - name: testers
            match:
              - sourceNamespace: testing
            route:
              - destination:
                  host: reviews
                  subset: v2
          - route:
              - destination:
                  host: reviews
                  subset: v1
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest"]}},U={id:"route-without-action",title:"Route that leads nowhere",category:"validity",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],docs:{why:"Istio refuses a VirtualService with a route that neither sends requests anywhere nor answers them, and what was in the cluster before stays there. Where the validation is off, such a route can make proxies refuse all routes of the port.",help:"Give the route a destination, a redirect, a directResponse or a delegate, or remove it.",evidence:"An http route has none of route, redirect, directResponse and delegate, or a tcp or tls route has no route. What else it has (a match, a rewrite, a fault, a mirror) is no action.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - name: old # error: the route "old" has no destination, redirect, direct response or delegate
            match:
              - uri:
                  prefix: /old
            rewrite:
              uri: /new
          - route:
              - destination:
                  host: reviews
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - name: old
            match:
              - uri:
                  prefix: /old
            rewrite:
              uri: /new
            route:
              - destination:
                  host: reviews
          - route:
              - destination:
                  host: reviews
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute"]}},G={id:"unreachable-route",title:"Route that no request reaches",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService","HTTPRoute","GRPCRoute"],equivalents:[{tool:"istioctl",code:"IST0130"},{tool:"istioctl",code:"IST0131"}],docs:{why:"Routes are tried in order and the first that matches takes the request. What stands behind a route that already matches all of its requests is dead: its destinations, timeouts and headers never apply.",help:"Move the more specific route in front of the more general one, or remove it.",evidence:"Earlier routes of the same VirtualService, alone or together, match every request that the route (or one of its matches) matches, for every client, port and gateway. A delegate in the input is seen together with the VirtualServices that delegate to it, and rules of HTTPRoutes and GRPCRoutes in the order that the Gateway API gives them. All fields of a match are compared, regular expressions as languages; what can not be compared, and what depends on which resource is older, is not reported.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - name: everything
            match:
              - uri:
                  prefix: /
            route:
              - destination:
                  host: reviews
          - name: admin # warning: no request reaches this route: "everything" takes them all
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - name: admin
            match:
              - uri:
                  prefix: /admin
            route:
              - destination:
                  host: reviews-admin
          - name: everything
            match:
              - uri:
                  prefix: /
            route:
              - destination:
                  host: reviews
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute","https://istio.io/latest/docs/concepts/traffic-management/#routing-rule-precedence"]}},H={id:"subset-defined-twice",title:"Subset that two DestinationRules define differently",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["DestinationRule"],docs:{why:"Istio merges the DestinationRules of one namespace that have the same host, and of two subsets of one name it keeps that of the older rule. The manifests do not say which one is older, so that it depends on the order in which they are created where the traffic goes.",help:"Define the subset in one of the rules only, or give the subsets different names.",evidence:"Two DestinationRules of one namespace have the same host and the same exportTo, so that they are merged, and define a subset of one name with different labels or traffic policies.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: canary # warning: subset "canary" is defined differently in "shop/reviews-canary"
            labels:
              version: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews-canary
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: canary # warning: subset "canary" is defined differently in "shop/reviews"
            labels:
              version: v3
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v2
            labels:
              version: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews-canary
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: canary
            labels:
              version: v3
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset"]}},Y={id:"subset-duplicate",title:"Subset name that a DestinationRule defines twice",category:"validity",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["DestinationRule"],docs:{why:"Istio refuses a DestinationRule that has two subsets of one name. What was in the cluster before stays there.",help:"Give each subset a name of its own, or remove the second one.",evidence:"Two subsets of one DestinationRule have the same name.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
          - name: v1 # error: subset "v1" is defined twice
            labels:
              version: v2
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
          - name: v2
            labels:
              version: v2
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset"]}},K={id:"subset-hidden",title:"Broad DestinationRule that hides subsets from its namespace",category:"traffic",severity:"warning",presets:["strict"],since:"0.1.0",subjects:["DestinationRule"],docs:{why:"A client takes the DestinationRule of its own namespace, however broad its host is, and then looks at no other. The subsets that the owner of a service defines do not exist for it, so that routes to them fail with 503 when they are called from that namespace.",help:"Narrow the host of the broad rule, move it to the root namespace, where every other rule goes before it, or export it to no one who calls these services.",evidence:"A DestinationRule with a wildcard host lies in a namespace whose clients get it for a host of another namespace; the rule that they would get without it is in the input and defines a subset, and a VirtualService of the mesh that they see routes to that subset. Routes of the same namespace are reported by subset-not-found.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: everything
        namespace: web
      spec:
        host: '*.local' # warning('*.local'): hides subset "v1" of "reviews.shop.svc.cluster.local" from clients in "web"
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: own
        namespace: web
      spec:
        host: '*.web.svc.cluster.local'
        trafficPolicy:
          tls:
            mode: ISTIO_MUTUAL
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,references:["https://istio.io/latest/docs/ops/best-practices/traffic-management/#cross-namespace-configuration"]}},_={id:"subset-not-found",title:"Route to a subset that no DestinationRule defines",category:"reference",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],equivalents:[{tool:"istioctl",code:"IST0101"},{tool:"kiali",code:"KIA1107"}],docs:{why:"A proxy has one cluster for each subset that the DestinationRule of its namespace defines. For any other subset there is none, and every request on the route fails with 503 (no cluster).",help:"Define the subset in the DestinationRule that the clients of the route get for this host, or route to a subset that it defines.",evidence:"A DestinationRule that the clients of the route get for the host is in the input (looked up in their namespace, then the namespace of the service, then the root namespace, as far as exportTo lets them see it), and it defines no such subset. Without any such DestinationRule the question counts as unknown, and is a fault in a complete mesh.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v3 # error: subset "v3" of "reviews" is not defined
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
          - name: v2
            labels:
              version: v2
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
          - name: v2
            labels:
              version: v2
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset","https://istio.io/latest/docs/ops/common-problems/network-issues/#503-errors-after-setting-destination-rule"]}},B={id:"subset-unused",title:"Subset that no route names",category:"hygiene",severity:"info",presets:[],since:"0.1.0",subjects:["DestinationRule"],docs:{why:"A subset is used only by routes that name it. One that no route names does nothing, and each proxy keeps a cluster for it all the same.",help:"Remove the subset, or route to it.",evidence:"The mesh is complete, and no VirtualService names the subset: in an open mesh the question counts as unknown. A subset that has no workloads either is reported by unused-subset-without-workloads. Silent for hosts with wildcards.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
          - name: v2 # info: no route names subset "v2" of "reviews"
            labels:
              version: v2
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
        namespace: shop
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
        namespace: shop
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset"]}},F={id:"subset-without-workloads",title:"Route to a subset that no workload belongs to",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["DestinationRule"],equivalents:[{tool:"istioctl",code:"IST0173"},{tool:"kiali",code:"KIA0203"}],docs:{why:"A subset holds the pods of a service that have all of its labels. Where no pod has them the subset is empty, and every request that a route sends there fails with 503 (no healthy upstream).",help:"Write labels that the pods have (those of the pod template, not of the Deployment itself), or add them to the pod template.",evidence:"A route of the input sends traffic to the subset, the Service or ServiceEntry is in the input, and nothing that it selects has the labels. In an open mesh the pods may lie elsewhere: there the rule speaks only where a label of the input is the same but for its spelling, or where the addresses stand in the ServiceEntry itself, and the question counts as unknown otherwise. Silent for labels that are added while the mesh runs, and for what a Rollout or Canary of the input moves.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: shop }
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              verison: v1 # warning(verison): no workload behind "reviews" has the label "verison": did you mean "version"?
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: reviews, namespace: shop }
      spec:
        selector: { app: reviews }
        ports:
          - { name: http, port: 80 }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: reviews-v1, namespace: shop }
      spec:
        selector:
          matchLabels: { app: reviews, version: v1 }
        template:
          metadata:
            labels: { app: reviews, version: v1 }
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: { name: reviews, namespace: shop }
      spec:
        host: reviews
        subsets:
          - name: v1
            labels:
              version: v1
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: { name: reviews, namespace: shop }
      spec:
        hosts: [reviews]
        http:
          - route:
              - destination: { host: reviews, subset: v1 }
      ---
      apiVersion: v1
      kind: Service
      metadata: { name: reviews, namespace: shop }
      spec:
        selector: { app: reviews }
        ports:
          - { name: http, port: 80 }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: reviews-v1, namespace: shop }
      spec:
        selector:
          matchLabels: { app: reviews, version: v1 }
        template:
          metadata:
            labels: { app: reviews, version: v1 }
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset","https://istio.io/latest/docs/reference/config/analysis/ist0173/"]}},Q={id:"unused-subset-without-workloads",title:"Subset without workloads and without traffic",category:"hygiene",severity:"info",presets:[],since:"0.1.0",subjects:["DestinationRule"],equivalents:[{tool:"istioctl",code:"IST0173"},{tool:"kiali",code:"KIA0203"}],docs:{why:"No pod has the labels of the subset, and no route of the input sends traffic to it. That is harmless, and right where the subset is prepared for a version to come; a route to it would fail.",help:"Remove the subset if nothing is to come, or leave it until its pods are there.",evidence:"The input has all workloads of the namespace (or the addresses stand in the ServiceEntry itself), none of them has the labels, and no VirtualService of the input sends traffic to the subset. With a route it is a fault of subset-without-workloads.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: api
        namespace: shop
      spec:
        host: api.example.com
        subsets:
          - name: east # info: no workload belongs to subset "east", and no route sends traffic to it
            labels:
              region: east
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata:
        name: api
        namespace: shop
      spec:
        hosts: [api.example.com]
        ports:
          - { number: 443, name: tls, protocol: TLS }
        resolution: STATIC
        endpoints:
          - address: 192.0.2.1
            labels:
              region: west
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: api
        namespace: shop
      spec:
        host: api.example.com
        subsets:
          - name: west
            labels:
              region: west
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata:
        name: api
        namespace: shop
      spec:
        hosts: [api.example.com]
        ports:
          - { number: 443, name: tls, protocol: TLS }
        resolution: STATIC
        endpoints:
          - address: 192.0.2.1
            labels:
              region: west
      `,references:["https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset"]}},$={id:"duplicate-resource",title:"The same resource twice in one file",category:"hygiene",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["mesh"],docs:{why:"kubectl applies the documents of a file one after the other, and the later one replaces the earlier one. What only the earlier one says never holds.",help:"Merge the two documents, or give one of them another name or namespace.",evidence:"Two documents of one file have the same kind, namespace and name. The same resource in two files may be two variants of it (overlays), and is not reported.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default # warning: PeerAuthentication "shop/default" is already in this file
        namespace: shop
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: pay
      `,references:["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"]}},J={id:"invalid-yaml",title:"Text that is no YAML",category:"validity",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["document"],docs:{why:"kubectl and the API server refuse the document, so nothing that it describes reaches the mesh. What other manifests expect from it is not there.",help:"Mend the text at the place that is shown. The other documents of the file are analysed all the same.",evidence:"The text of a document does not parse as YAML (or not within the limits of size, depth and aliases). It counts if the file was named on the command line or the document has an apiVersion or kind of Istio, the Gateway API or Kubernetes; other broken YAML and templates are skipped and counted.",bad:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
      spec:
        host: reviews
        host: ratings # error(host): key "host" is already given
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata:
        name: reviews
      spec:
        host: reviews
      `,references:["https://yaml.org/spec/1.2.2/","https://kubernetes.io/docs/concepts/overview/working-with-objects/"]}},X={id:"not-in-standard-channel",title:"Part of a resource that only the experimental channel of the Gateway API has",category:"validity",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["document"],docs:{why:"The Gateway API is installed in one of two channels. With the standard one the API server removes fields of the experimental channel without a word, so that they have no effect, and refuses its kinds, versions and values.",help:"Install the experimental channel, or do without: take the version that the standard channel serves, which is v1 for most kinds, and leave out the field. If the experimental channel is installed, do not say --gateway-api standard.",evidence:"The run was told that the standard channel is installed (--gateway-api standard, or gatewayApi in the configuration), and a resource of the Gateway API is of a kind or version, or has a field or value, that only the experimental channel has. Without being told nothing is reported.",bad:`
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        name: web
        namespace: shop
      spec:
        parentRefs:
          - name: edge
        rules:
          - backendRefs:
              - name: web
                port: 80
            retry: # error: pruned by the API server: "retry" is a field of the experimental channel of the Gateway API only
              attempts: 3
      `,good:`
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        name: web
        namespace: shop
      spec:
        parentRefs:
          - name: edge
        rules:
          - backendRefs:
              - name: web
                port: 80
            timeouts:
              request: 10s
      `,references:["https://gateway-api.sigs.k8s.io/concepts/versioning/#release-channels"]}},Z={id:"schema-violation",title:"Field that does not have the shape of its kind",category:"validity",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["document"],docs:{why:"The API server checks each resource against the schema of its kind and refuses one that does not fit. What was in the cluster before stays there.",help:"Write what the message says is valid at this place.",evidence:"A document of a modelled kind has a field of another type, a value that the schema does not allow, or lacks a required field, its name or its kind. Other rules judge the rest of the resource as if the field were not known.",bad:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICTT # error: "STRICTT" is no value of "mode"
      `,good:`
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: shop
      spec:
        mtls:
          mode: STRICT
      `,references:["https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation"]}},ee={id:"destination-repeated",title:"Destination that one route names twice",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],equivalents:[{tool:"kiali",code:"KIA1105"}],docs:{why:"Two destinations of one route that are the same host, subset and port get their shares together, so that the split between them is none. Most often the subset of one of them was not changed after it was copied.",help:"Name the subset or host that was meant, or join the two into one destination.",evidence:"Two destinations of one route with weights above 0 have the same host (as Istio reads it), subset and port, and change nothing else, such as headers. Silent for routes that a Rollout or Canary of the input moves.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination: # warning(destination): "reviews|v1" is named twice in this route and gets 100 %
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v1
                weight: 10
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination"]}},te={id:"negative-weight",title:"Destination with a weight below zero",category:"validity",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],docs:{why:"Istio refuses a VirtualService with a negative weight, and what was in the cluster before stays there. Where the validation is off, proxies can refuse all routes of the port.",help:"Write the share of the traffic that the destination is meant to get, or 0 for none.",evidence:"A destination of an http, tcp or tls route of a VirtualService has a weight below 0. A weight that is no integer, or too large for one, is a schema-violation.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: -90 # error: weight -90 is below zero
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination"]}},se={id:"weight-missing",title:"Destination without a weight beside weighted ones",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],docs:{why:"A weight that is not written is 0, so the destination gets no traffic at all. The others share everything, in proportion to their weights.",help:"Write the weight, also if it is 0, or remove the destination.",evidence:"A destination of a route has no weight, and another destination of the same route has one above zero. Silent for routes that a Rollout or Canary of the input moves.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination: # warning(destination): "reviews|v2" gets no traffic
                  host: reviews
                  subset: v2
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination"]}},ae={id:"weight-sum",title:"Weights of a route that do not add up to 100",category:"traffic",severity:"warning",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],docs:{why:"Istio takes weights as proportions of their sum, so nothing fails: each destination just gets another share of the traffic than the number says. Weights are nearly always meant as percentages, and a sum that is not 100 is the trace of an edit that was not finished.",help:"Make the weights add up to 100, so that each number is the share that the destination gets.",evidence:"Two or more destinations of one http, tcp or tls route of a VirtualService have weights whose sum is neither 100 nor 0. Silent where a destination has no weight at all (that is weight-missing), for routes that a Rollout or Canary of the input moves, and for the Gateway API, whose weights are proportions by design.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route: # warning: weights add up to 90, not 100
              - destination:
                  host: reviews
                  subset: v1
                weight: 80
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination"]}},ie={id:"weight-total-zero",title:"Route with several destinations and no weight above zero",category:"traffic",severity:"error",presets:["recommended","strict"],since:"0.1.0",subjects:["VirtualService"],docs:{why:"Istio refuses a VirtualService with such a route. Where its validation is not in the way, the proxies refuse the whole route configuration and keep the old one; one that starts anew answers 404 for every host.",help:"Give the destinations weights that add up to 100, or name one destination only.",evidence:"Two or more destinations of one http, tcp or tls route have weights that are all zero or not written. Silent for routes that a Rollout or Canary of the input moves.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route: # error: no destination has a weight above zero
              - destination:
                  host: reviews
                  subset: v1
              - destination:
                  host: reviews
                  subset: v2
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                  subset: v1
                weight: 90
              - destination:
                  host: reviews
                  subset: v2
                weight: 10
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination","https://github.com/istio/istio/issues/36021"]}},oe={id:"weight-without-effect",title:"Weight of a single destination",category:"hygiene",severity:"info",presets:["strict"],since:"0.1.0",subjects:["VirtualService"],equivalents:[{tool:"kiali",code:"KIA1104"}],docs:{why:"A route with one destination sends everything there, whatever the weight says. A weight below 100, even 0, reads as if the rest went elsewhere or nowhere, which does not happen.",help:"Remove the weight, or add the destination that gets the rest.",evidence:"A route has one destination, and its weight is written and not 100. Silent for routes that a Rollout or Canary of the input moves.",bad:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
                weight: 20 # info: weight 20 has no effect: "reviews" is the only destination and gets everything
      `,good:`
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: reviews
      spec:
        hosts:
          - reviews
        http:
          - route:
              - destination:
                  host: reviews
      `,references:["https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination"]}},t=[i,o,M,A,n,r,c,ee,$,h,z,j,C,N,J,T,V,P,R,l,te,X,d,O,L,I,x,D,p,E,u,q,m,v,U,f,Z,w,y,H,Y,K,_,B,F,b,W,k,G,Q,S,se,ae,ie,oe,g],s=new Map(t.flatMap(e=>e.docs===void 0?[]:[[e.id,e.docs]])),a=t;module.exports={described:a,docs:s};
