//! Who may do what: a closed list of permissions x levels of access, decided here and nowhere else.

use std::fmt;

use jalon_domain::{
    ids::{EngagementId, OrganisationId, PersonId},
    programme::Role,
};
use jalon_store::{Db, members::Member, people::Person};
use serde::{Deserialize, Serialize};

use crate::{Error, Result, app::App};

/// Everything that can be allowed. Adding one here is the only way to add one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// Manage people and the instance.
    ManageInstance,
    /// Create an engagement.
    CreateEngagement,
    /// See an engagement and everything in it.
    See,
    /// Change the engagement: its profile, targets and members.
    EditEngagement,
    /// Name owners and due dates, of responsibilities and findings.
    Assign,
    /// Hand in evidence and claim a responsibility as done.
    Contribute,
    /// Approve or refuse evidence, sign off; approve what is to be changed in a directory.
    Approve,
    /// Waive, or set as not applicable.
    Except,
    /// Run checks and change their schedule.
    Measure,
    /// Read the audit trail.
    Audit,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 10] = [
        Self::ManageInstance,
        Self::CreateEngagement,
        Self::See,
        Self::EditEngagement,
        Self::Assign,
        Self::Contribute,
        Self::Approve,
        Self::Except,
        Self::Measure,
        Self::Audit,
    ];
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ManageInstance => "manage-instance",
            Self::CreateEngagement => "create-engagement",
            Self::See => "see",
            Self::EditEngagement => "edit-engagement",
            Self::Assign => "assign",
            Self::Contribute => "contribute",
            Self::Approve => "approve",
            Self::Except => "except",
            Self::Measure => "measure",
            Self::Audit => "audit",
        })
    }
}

/// How much of an engagement is somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Level {
    /// Reads: an auditor, a sponsor.
    Viewer,
    /// Works: an engineer, an owner.
    Contributor,
    /// Leads: a project manager, a technical lead.
    Lead,
}

impl Level {
    /// Whether the level alone gives `permission`.
    pub const fn gives(self, permission: Permission) -> bool {
        use Permission as P;
        match permission {
            P::See | P::Audit => true,
            P::Contribute | P::Measure => matches!(self, Self::Contributor | Self::Lead),
            P::EditEngagement | P::Assign | P::Approve | P::Except => matches!(self, Self::Lead),
            P::ManageInstance | P::CreateEngagement => false,
        }
    }

    /// The level stored as a word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "lead" => Self::Lead,
            "contributor" => Self::Contributor,
            _ => Self::Viewer,
        }
    }

    /// The word stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Contributor => "contributor",
            Self::Viewer => "viewer",
        }
    }
}

/// Somebody who asks for something.
#[derive(Clone, Debug, PartialEq)]
pub struct Caller {
    /// Who.
    pub person: Person,
}

impl Caller {
    /// Their id.
    pub fn id(&self) -> PersonId {
        self.person.id
    }

    /// Requires a permission on the instance.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller administers the instance.
    pub fn require_instance(&self, permission: Permission) -> Result<()> {
        if self.person.is_admin {
            Ok(())
        } else {
            Err(Error::Forbidden(permission))
        }
    }
}

/// What one caller may do in one engagement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    level: Level,
    roles: Vec<Role>,
}

impl Rights {
    /// Every right: administrators, and the program itself.
    pub fn all() -> Self {
        Self {
            level: Level::Lead,
            roles: Vec::new(),
        }
    }

    /// The rights that `memberships` of one engagement give; none without any.
    pub fn of(person: &Person, memberships: &[Member]) -> Option<Self> {
        if person.is_admin {
            return Some(Self::all());
        }
        let level = memberships.iter().map(|it| Level::from_word(&it.access)).max()?;
        Some(Self {
            level,
            roles: memberships.iter().filter_map(|it| it.role).collect(),
        })
    }

    /// Whether they allow `permission`.
    pub fn allow(&self, permission: Permission) -> bool {
        self.level.gives(permission)
    }

    /// Whether they allow approving something that these roles approve: a lead does, and whoever holds one of the
    /// roles and may contribute.
    pub fn allow_approval(&self, approvers: &[Role]) -> bool {
        self.allow(Permission::Approve)
            || (self.allow(Permission::Contribute) && self.roles.iter().any(|it| approvers.contains(it)))
    }

    /// Requires `permission`.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.allow(permission) {
            Ok(())
        } else {
            Err(Error::Forbidden(permission))
        }
    }
}

impl App {
    /// The caller's rights in `engagement`, at least those to see it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, who is not told that the engagement exists.
    pub async fn rights(&self, db: &impl Db, caller: &Caller, engagement: EngagementId) -> Result<Rights> {
        let memberships = jalon_store::members::of_person(db, caller.id()).await?;
        let own: Vec<Member> = memberships
            .into_iter()
            .filter(|it| it.engagement == engagement)
            .collect();
        Rights::of(&caller.person, &own).ok_or(Error::NotFound)
    }

    /// Whose an engagement is.
    pub(crate) async fn organisation_of(&self, engagement: EngagementId) -> Result<OrganisationId> {
        let row = jalon_store::engagements::find(self.store(), engagement).await?;
        row.map(|it| it.organisation).ok_or(Error::NotFound)
    }

    /// Requires `permission` in `engagement`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, [`Error::Forbidden`] for a member without it.
    pub async fn require(
        &self,
        db: &impl Db,
        caller: &Caller,
        engagement: EngagementId,
        permission: Permission,
    ) -> Result<Rights> {
        let rights = self.rights(db, caller, engagement).await?;
        rights.require(permission)?;
        Ok(rights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_give_what_the_table_says() {
        let table = [
            (Permission::See, [true, true, true]),
            (Permission::Audit, [true, true, true]),
            (Permission::Contribute, [false, true, true]),
            (Permission::Measure, [false, true, true]),
            (Permission::Assign, [false, false, true]),
            (Permission::Approve, [false, false, true]),
            (Permission::Except, [false, false, true]),
            (Permission::EditEngagement, [false, false, true]),
            (Permission::ManageInstance, [false, false, false]),
            (Permission::CreateEngagement, [false, false, false]),
        ];
        assert_eq!(table.len(), Permission::ALL.len());
        for (permission, expected) in table {
            let given = [Level::Viewer, Level::Contributor, Level::Lead].map(|it| it.gives(permission));
            assert_eq!(given, expected, "{permission}");
        }
    }

    #[test]
    fn a_role_lets_a_contributor_approve_what_is_theirs() {
        let rights = Rights {
            level: Level::Contributor,
            roles: vec![Role::SecurityLead],
        };
        assert!(rights.allow_approval(&[Role::SecurityLead]));
        assert!(!rights.allow_approval(&[Role::ProjectManager]));
        assert!(
            !Rights {
                level: Level::Viewer,
                roles: vec![Role::SecurityLead]
            }
            .allow_approval(&[Role::SecurityLead])
        );
    }
}
