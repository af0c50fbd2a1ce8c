//! Read actions for organizations, members, nodes and invitations. They return whole lists, which are paginated later.

use serde_json::{Map, Value, json};

use super::binding::is_expired;
use super::request::object;
use super::{ActionResult, Request};
use crate::clock::timestamp;
use crate::service_error::ServiceError;
use crate::state::{Invitation, Joined, Member, Node, Organization, State};

/// Reads of version 2021-03-31.
pub(super) mod v2021 {
    use super::*;

    /// `DescribeOrganization`: returns the caller's organization.
    pub(crate) fn organization(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        Ok(object(json!({
            "OrgId": organization.id,
            "HostUin": organization.admin,
            "NickName": organization.name,
            "IsManager": true,
            "RootNodeId": organization.nodes.first().map(|root| root.id),
        })))
    }

    /// `DescribeOrganizationMembers`: lists members, optionally filtered by text and node.
    pub(crate) fn members(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        let parameters = &request.parameters;
        let (text, node, node_name) = (
            parameters.filter_text("SearchKey"),
            parameters.filter_number("NodeId"),
            parameters.filter_text("NodeName"),
        );
        let items = organization
            .members
            .iter()
            .map(|member| (member, organization.node(member.node)))
            .filter(|(member, of)| {
                text.is_none_or(|text| {
                    member.name.contains(text) || member.uin.to_string().contains(text)
                }) && node.is_none_or(|node| member.node == node)
                    && node_name.is_none_or(|name| of.is_some_and(|of| of.name == name))
            })
            .map(|(member, of)| {
                let member_type = match member.joined {
                    Joined::Created => "Create",
                    Joined::Invited => "Invite",
                };
                json!({
                    "MemberUin": member.uin,
                    "Name": member.name,
                    "MemberType": member_type,
                    "NodeId": member.node,
                    "NodeName": of.map(|of| &of.name),
                    "Remark": member.remark,
                    "CreateTime": timestamp(member.since),
                    "UpdateTime": timestamp(member.since),
                    "BindStatus": member.status(request.limits, request.now).as_str(),
                    "Tags": [],
                })
            });
        list("Items", "Total", items.collect())
    }

    /// `DescribeOrganizationNodes`: lists nodes.
    pub(crate) fn nodes(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        let items = organization.nodes.iter().map(|node| {
            json!({
                "NodeId": node.id,
                "Name": node.name,
                "ParentNodeId": node.parent,
                "Remark": node.remark,
                "CreateTime": timestamp(node.created),
                "UpdateTime": timestamp(node.created),
                "Tags": [],
            })
        });
        list("Items", "Total", items.collect())
    }
}

/// Reads of version 2018-12-25.
pub(super) mod v2018 {
    use super::*;

    /// `GetOrganization`: returns the caller's organization.
    pub(crate) fn organization(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        Ok(object(json!({
            "OrgId": organization.id,
            "HostUin": organization.admin,
            "Nickname": organization.name,
            "Mail": host_mail(state, organization),
            "IsEmpty": u8::from(organization.members.is_empty()),
        })))
    }

    /// `GetOrganizationMember`: returns a member and its node.
    pub(crate) fn member(state: &State, request: &Request<'_>) -> ActionResult {
        let (organization, member) = request.member(state)?;
        let node = organization.node(member.node);
        let mut response = object(member_json(member));
        response.extend(object(json!({
            "NodeId": member.node,
            "NodeName": node.map(|node| &node.name),
            "ParentNodeId": node.map(|node| node.parent),
        })));
        Ok(response)
    }

    /// `ListOrganizationMembers`: lists members.
    pub(crate) fn members(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        let members = organization.members.iter();
        list("Members", "TotalCount", members.map(member_json).collect())
    }

    /// `ListOrganizationNodeMembers`: lists the members of a node.
    pub(crate) fn node_members(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        let node = request.parameters.number("NodeId")?;
        let members = organization.members.iter();
        let of_node = members.filter(|member| member.node == node);
        list("Members", "TotalCount", of_node.map(member_json).collect())
    }

    /// `ListOrganizationNodes`: lists nodes.
    pub(crate) fn nodes(state: &State, request: &Request<'_>) -> ActionResult {
        let organization = request.organization(state)?;
        let count = |node: &Node| {
            let members = organization.members.iter();
            members.filter(|member| member.node == node.id).count()
        };
        let nodes = organization.nodes.iter().map(|node| {
            json!({
                "NodeId": node.id,
                "Name": node.name,
                "ParentNodeId": node.parent,
                "MemberCount": count(node),
            })
        });
        Ok(Map::from_iter([("Nodes".to_owned(), nodes.collect())]))
    }

    /// `ListOrganizationInvitations`: lists the open invitations of the caller's organization, or the ones to the caller.
    pub(crate) fn invitations(state: &State, request: &Request<'_>) -> ActionResult {
        let is_to_caller = request.parameters.filter_number("Invited") == Some(1);
        let organizations: Vec<&Organization> = match is_to_caller {
            true => state.organizations.iter().collect(),
            false => vec![request.organization(state)?],
        };
        let lifetime = request.limits.invitation_seconds;
        let is_listed = |invitation: &Invitation| {
            !is_expired(invitation.sent, lifetime, request.now)
                && (!is_to_caller || invitation.uin == request.caller.uin)
        };
        let items = organizations.into_iter().flat_map(|organization| {
            let invitations = organization.invitations.iter();
            let listed = invitations.filter(|invitation| is_listed(invitation));
            listed.map(|invitation| {
                json!({
                    "Id": invitation.id,
                    "Uin": invitation.uin,
                    "HostUin": organization.admin,
                    "HostName": organization.name,
                    "HostMail": host_mail(state, organization),
                    "Status": 0,
                    "Name": invitation.name,
                    "Remark": invitation.remark,
                    "InviteTime": timestamp(invitation.sent),
                    "ExpireTime": timestamp(invitation.sent.saturating_add(lifetime)),
                })
            })
        });
        list("Invitations", "TotalCount", items.collect())
    }

    fn member_json(member: &Member) -> Value {
        json!({
            "Uin": member.uin,
            "Name": member.name,
            "Remark": member.remark,
            "JoinTime": timestamp(member.since),
        })
    }

    fn host_mail<'a>(state: &'a State, organization: &Organization) -> Option<&'a str> {
        state.account(organization.admin)?.email.as_deref()
    }
}

/// Builds the response with a whole list.
fn list(items: &str, total: &str, list: Vec<Value>) -> Result<Map<String, Value>, ServiceError> {
    let count = list.len();
    Ok(Map::from_iter([
        (items.to_owned(), Value::Array(list)),
        (total.to_owned(), json!(count)),
    ]))
}
