//! The programme's nouns: phases, roles, source bullets, responsibilities, requirements and gates. Their content is
//! data of the catalogue; here are only the shapes that the derivation of proof works on.

use serde::{Deserialize, Serialize};

use crate::{
    finding::Severity,
    ids::{BulletId, CheckId, GateId, RequirementId, ResponsibilityId, RuleId},
    profile::{Condition, Programme},
    text::Text,
    words,
};

words! {
    /// A phase of the programme (`programme.md` section 1.3). "General" duties span all phases and have none.
    Phase {
        Initiate = "initiate", "Initiate", "Lancer";
        Assess = "assess", "Assess", "Évaluer";
        Remediate = "remediate", "Remediate", "Remédier";
        Enable = "enable", "Enable", "Activer";
        Migrate = "migrate", "Migrate", "Migrer";
        Close = "close", "Close", "Clore";
    }
}

words! {
    /// The field of work that a responsibility belongs to.
    Workstream {
        Governance = "governance", "Governance", "Gouvernance";
        Adoption = "adoption", "Adoption", "Adoption";
        Identity = "identity", "Identity", "Identité";
        Directory = "directory", "Directory", "Annuaire";
        Network = "network", "Network", "Réseau";
        Messaging = "messaging", "Messaging", "Messagerie";
        Security = "security", "Security", "Sécurité";
        Devices = "devices", "Devices", "Appareils";
        Clients = "clients", "Client software", "Logiciels clients";
        Infrastructure = "infrastructure", "Infrastructure", "Infrastructure";
        Migration = "migration", "Migration", "Migration";
    }
}

words! {
    /// Who carries a step: the marker of the programme's own diagrams (C, M, M+C; `programme.md` section 1.4).
    Side {
        Customer = "customer", "Customer", "Client";
        Provider = "provider", "Provider", "Prestataire";
        Joint = "joint", "Joint", "Conjointe";
    }
}

words! {
    /// A role of the programme (`programme.md` section 1.1). The last three are the provider's.
    Role {
        ExecutiveSponsor = "executive-sponsor", "Executive sponsor", "Commanditaire exécutif";
        BusinessSponsor = "business-sponsor", "Business sponsor", "Commanditaire métier";
        BusinessOwner = "business-owner", "Business owner", "Responsable métier";
        ProjectManager = "project-manager", "Project manager", "Chef de projet";
        TechnicalLead = "technical-lead", "Technical lead", "Responsable technique";
        Architect = "architect", "Architect", "Architecte";
        AdoptionLead = "adoption-lead", "Adoption lead", "Responsable de l’adoption";
        CommunicationsLead = "communications-lead", "Communications lead", "Responsable de la communication";
        TrainingLead = "training-lead", "Training lead", "Responsable de la formation";
        HelpdeskLead = "helpdesk-lead", "Helpdesk lead", "Responsable du centre d’assistance";
        ChangeManager = "change-manager", "Change manager", "Gestionnaire des changements";
        OperationsManager = "operations-manager", "Operations manager", "Responsable d’exploitation";
        SecurityLead = "security-lead", "Security lead", "Responsable de la sécurité";
        NetworkEngineer = "network-engineer", "Network engineer", "Ingénieur réseau";
        IdentityEngineer = "identity-engineer", "Identity engineer", "Ingénieur identité";
        EndpointEngineer = "endpoint-engineer", "Endpoint engineer", "Ingénieur postes et appareils";
        InfrastructureEngineer = "infrastructure-engineer", "Infrastructure engineer", "Ingénieur infrastructure";
        TenantAdministrator = "tenant-administrator", "Tenant administrator", "Administrateur du locataire";
        TechnicalResource = "technical-resource", "Technician", "Technicien";
        LegalCounsel = "legal-counsel", "Legal counsel", "Juriste";
        Procurement = "procurement", "Procurement", "Achats";
        ProviderManager = "provider-manager", "Provider’s manager", "Responsable côté prestataire";
        ProviderSpecialist = "provider-specialist", "Provider’s specialist", "Spécialiste du prestataire";
        MigrationArchitect = "migration-architect", "Provider’s migration architect", "Architecte migration du prestataire";
    }
}

impl Role {
    /// Whether the role is held by the provider's people.
    pub const fn is_provider(self) -> bool {
        matches!(
            self,
            Self::ProviderManager | Self::ProviderSpecialist | Self::MigrationArchitect
        )
    }
}

words! {
    /// A section of a source page.
    Section {
        General = "general", "General", "Généralités";
        Initiate = "initiate", "Initiate", "Lancer";
        Assess = "assess", "Assess", "Évaluer";
        Remediate = "remediate", "Remediate", "Remédier";
        Enable = "enable", "Enable", "Activer";
    }
}

/// One list item of a source page, in our own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceBullet {
    /// Its stable id.
    pub id: BulletId,
    /// The page it comes from.
    pub programme: Programme,
    /// Its section on the page.
    pub section: Section,
    /// Its number in the section as printed in the id: `6`, or `3.1` for a nested one.
    pub ordinal: String,
    /// The date of the page version read, `YYYY-MM-DD`.
    pub version: String,
    /// The statement in our own words.
    pub title: Text,
    /// The responsibilities that cover it, at least one.
    pub responsibilities: Vec<ResponsibilityId>,
    /// Where the two languages of the source disagree, said plainly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divergence: Option<Text>,
}

/// One canonical duty of the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// Its stable id, such as `dns.records`.
    pub id: ResponsibilityId,
    /// What is to be done, in one line.
    pub title: Text,
    /// What good looks like.
    pub good: Text,
    /// What proves it, in a sentence.
    pub proof: Text,
    /// The bullets it covers; the first is the one shown. Empty only for an overlay's own rows.
    #[serde(default)]
    pub bullets: Vec<BulletId>,
    /// Its phase; none for a duty that spans all phases.
    #[serde(default)]
    pub phase: Option<Phase>,
    /// For a duty that spans all phases: the phase whose gate waits for it. None means the last one.
    #[serde(default)]
    pub needed_by: Option<Phase>,
    /// Whether it belongs to core onboarding, which must be finished before any service (gate `core`).
    #[serde(default)]
    pub core: bool,
    /// Its field of work.
    pub workstream: Workstream,
    /// Who carries it.
    pub side: Side,
    /// RACI: who answers for it.
    pub accountable: Role,
    /// RACI: who does it, the customer's people.
    pub responsible: Role,
    /// RACI: who contributes.
    #[serde(default)]
    pub contributors: Vec<Role>,
    /// RACI: who is kept informed.
    #[serde(default)]
    pub informed: Vec<Role>,
    /// The provider's counterpart, if any.
    #[serde(default)]
    pub counterpart: Option<Role>,
    /// Whether the source leaves it to the customer's choice.
    #[serde(default)]
    pub optional: bool,
    /// Whether what it is about has been retired by the vendor since.
    #[serde(default)]
    pub legacy: bool,
    /// Whether a later catalogue version retired the row. A flag, never a delete.
    #[serde(default)]
    pub retired: bool,
    /// For which profiles it applies.
    #[serde(default, skip_serializing_if = "Condition::is_always")]
    pub applies: Condition,
    /// Working days from the day its dependencies are done.
    pub days: u16,
    /// What must be done before.
    #[serde(default)]
    pub depends_on: Vec<ResponsibilityId>,
    /// For a container: the duties it is derived from.
    #[serde(default)]
    pub children: Vec<ResponsibilityId>,
    /// What proves it. Empty only for a container.
    #[serde(default, rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

impl Responsibility {
    /// The id shown to people: its first bullet, or its own id for an overlay's row.
    pub fn code(&self) -> &str {
        self.bullets.first().map_or(self.id.as_str(), BulletId::as_str)
    }

    /// The phase whose gate waits for it.
    pub fn gate_phase(&self) -> Phase {
        self.phase.or(self.needed_by).unwrap_or(Phase::Close)
    }
}

/// One thing that proves a responsibility; all of them must be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Unique within the responsibility.
    pub id: RequirementId,
    /// The requirement as a statement that is true when it is met.
    pub title: Text,
    /// How it is proven.
    #[serde(flatten)]
    pub by: ProvedBy,
    /// How many days evidence holds; none means without end (people) or the check's own interval (machines).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_days: Option<u16>,
    /// For which profiles it is asked.
    #[serde(default, skip_serializing_if = "Condition::is_always")]
    pub applies: Condition,
}

/// How a requirement is proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ProvedBy {
    /// A measurement: every target passes the named rules.
    Check {
        /// The check.
        check: CheckId,
        /// The rules that count; empty means all of the check.
        #[serde(default)]
        rules: Vec<RuleId>,
    },
    /// A document, approved.
    Deliverable {
        /// The kind of document, a stable word such as `success-plan`.
        deliverable: String,
        /// Who may approve it.
        approvers: Vec<Role>,
    },
    /// A meeting that was held, with minutes.
    Meeting {
        /// The kind of meeting, a stable word such as `kickoff`.
        meeting: String,
        /// Who may approve the minutes.
        approvers: Vec<Role>,
    },
    /// A register that is kept.
    Register {
        /// The kind of register, a stable word such as `stakeholders`.
        register: String,
        /// Who may approve it.
        approvers: Vec<Role>,
    },
    /// A named person's word.
    SignOff {
        /// Who signs.
        signer: Role,
        /// Whether a file must come with it.
        #[serde(default)]
        file: bool,
        /// What a machine could verify here once the check or the connection exists: probe names of `programme.md` 3.1.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        stands_for: Vec<String>,
    },
}

impl ProvedBy {
    /// Whether a machine proves it.
    pub const fn is_machine(&self) -> bool {
        matches!(self, Self::Check { .. })
    }

    /// The roles whose word proves it; empty for a machine's.
    pub fn approvers(&self) -> &[Role] {
        match self {
            Self::Check { .. } => &[],
            Self::Deliverable { approvers, .. }
            | Self::Meeting { approvers, .. }
            | Self::Register { approvers, .. } => approvers,
            Self::SignOff { signer, .. } => std::slice::from_ref(signer),
        }
    }

    /// Whether evidence must carry a file.
    pub const fn needs_file(&self) -> bool {
        match self {
            Self::Check { .. } => false,
            Self::SignOff { file, .. } => *file,
            Self::Deliverable { .. } | Self::Meeting { .. } | Self::Register { .. } => true,
        }
    }

    /// Whether the check's rule `rule` counts for it.
    pub fn counts(&self, check: &CheckId, rule: &RuleId) -> bool {
        matches!(self, Self::Check { check: own, rules } if own == check && (rules.is_empty() || rules.contains(rule)))
    }
}

/// What must hold to leave a phase, or to begin something inside one. Data of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateRule {
    /// Its id: the phase's word, or a word of its own for a gate inside a phase.
    pub id: GateId,
    /// Its name.
    pub title: Text,
    /// The statement that it makes when it is open.
    pub statement: Text,
    /// The phase it closes, or inside which it stands.
    pub phase: Phase,
    /// Whether it closes the phase (and so waits for the gates of the phases before).
    #[serde(default)]
    pub closes_phase: bool,
    /// Waits for every duty of these phases, and for the cross-phase duties needed by them.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// Waits for every duty marked as core.
    #[serde(default)]
    pub core: bool,
    /// Waits for these duties.
    #[serde(default)]
    pub responsibilities: Vec<ResponsibilityId>,
    /// Waits for every open finding at or above this severity.
    #[serde(default)]
    pub findings: Option<Severity>,
    /// For which profiles it exists.
    #[serde(default)]
    pub applies: Condition,
    /// Where the programme states it; none for a gate that is ours.
    #[serde(default)]
    pub source: Option<String>,
}

impl GateRule {
    /// Whether it waits for `duty`.
    pub fn asks(&self, duty: &Responsibility) -> bool {
        self.phases.contains(&duty.gate_phase()) || (self.core && duty.core) || self.responsibilities.contains(&duty.id)
    }
}
