"""Which requests the chair of a commune sees: money, people and machines asked for in its name."""

from province.pack import Route

GROUPS = frozenset({"finance_facilities", "organization_staff"})
"""Families that are about means: budgets, equipment, buildings; posts, staff, pay."""
NOT_ASKED_FOR = frozenset(
    {
        "policy_credit", "business_registration", "tax_fees", "labour",
        "party_members", "party_organisation", "propaganda", "emulation_awards",
        "boundary_village", "rotation_transfer",
    }
)  # fmt: skip
"""Their categories in which nothing is asked of the province's means: other people's loans,
firms and taxes, the Party's own affairs, boundaries, and moves within the commune."""
ELSEWHERE = frozenset(
    {
        "machinery_request", "relief_supplies", "food_shortage", "damage_recovery",
        "disaster_preparedness", "teacher_shortage", "school_building", "school_equipment",
        "health_station", "medicine_supply", "police_station_force",
    }
)  # fmt: skip
"""Categories of other families that ask for machines, goods, money or staff."""


def asks_for_means(route: Route | None) -> bool:
    """Whether a request of this category commits the commune: its chair sees it while it runs."""
    if route is None:
        return False
    is_theirs = route.group in GROUPS and route.category not in NOT_ASKED_FOR
    return is_theirs or route.category in ELSEWHERE
