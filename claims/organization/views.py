"""Our organization: people, invitations, keys. Its administrators look after them, and so may the contractor's."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, public, visible_or_404
from accounts.models import Role, User
from claims.organization.page import keys_page, organization_page
from claims.organization.risk import SPANS
from claims.views.refusals import do_and_tell, refusals_to
from policy import clock
from policy.readers import tables_as_known
from suppliers import keys as key_actions
from suppliers import people as actions
from suppliers.access import held_of
from suppliers.forms import DutyForm, InviteForm, JoinForm, KeyForm
from suppliers.models import Invitation, Supplier, SupplierPerson
from suppliers.rights import Right, require

changes_people = allow(Role.SUPPLIER, Role.ADMINISTRATOR, right=Right.PEOPLE)
changes_keys = allow(Role.SUPPLIER, Role.ADMINISTRATOR, right=Right.KEYS)


@allow(Role.SUPPLIER)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The organizations that one acts for; who acts for one comes to it at once."""
    held = held_of(request)
    if len(held) == 1:
        return redirect("organization:organization", held[0].supplier)
    return render(request, "claims/organization/index.html", {"held": held})


@allow(Role.SUPPLIER, Role.ADMINISTRATOR)
@require_GET
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """One organization: what it has until when, its people, who is invited."""
    return organization_shown(request, supplier_or_404(request, pk), InviteForm())


def supplier_or_404(request: HttpRequest, pk: int) -> Supplier:
    return visible_or_404(Supplier.objects, person_of(request), pk=pk)


def organization_shown(request: HttpRequest, supplier: Supplier, form: InviteForm) -> HttpResponse:
    prefetch_related_objects([supplier], *SPANS)
    page = organization_page(supplier, person_of(request), tables_as_known(), clock.today())
    context = {"supplier": supplier, "page": page, "form": form}
    return render(request, "claims/organization/organization.html", context)


# ---------- people ----------


@changes_people
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody; the link goes by mail."""
    supplier, form = supplier_or_404(request, pk), InviteForm(request.POST)
    with refusals_to(form):
        if form.is_valid():
            send_link(request, *actions.invite(supplier, **form.cleaned_data, by=person_of(request)))
            return redirect("organization:organization", pk)
    return organization_shown(request, supplier, form)


def send_link(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Send the link and say what became of it; where no mail leaves, as in a demonstration, the link is shown."""
    link = request.build_absolute_uri(reverse("organization:join", args=[token]))
    try:
        actions.send_invitation(invitation, link)
    except OSError:
        messages.error(request, f"The mail to {invitation.email} could not be sent. Invite again in a few minutes.")
        return
    messages.success(
        request, f"{invitation.email} is invited. The link works once, for {actions.INVITATION_DAYS} days."
    )
    if actions.is_mail_kept_here():
        messages.info(request, f"This demonstration sends no mail. The link is {link}")


@changes_people
@require_POST
def withdraw(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(supplier_or_404(request, pk).invitations, pk=invitation)
    do_and_tell(request, lambda: actions.withdraw(found, by=person_of(request)), "The invitation is withdrawn.")
    return redirect("organization:organization", pk)


@changes_people
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """One person of the organization: another duty, or the end of the access."""
    found = person_or_404(request, pk, row)
    form = DutyForm(request.POST or None, initial={"duty": found.duty})
    with refusals_to(form):
        if form.is_valid():
            actions.change_duty(found, form.cleaned_data["duty"], by=person_of(request))
            messages.success(request, f"{found.person} has another duty from now on.")
            return redirect("organization:organization", pk)
    context = {"supplier": found.supplier, "row": found, "form": form}
    return render(request, "claims/organization/person.html", context)


def person_or_404(request: HttpRequest, pk: int, row: int) -> SupplierPerson:
    supplier = supplier_or_404(request, pk)
    require(person_of(request), Right.PEOPLE, pk)
    return get_object_or_404(supplier.people.current().select_related("user", "supplier"), pk=row)


@changes_people
@require_POST
def end(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """End a person's access."""
    found = person_or_404(request, pk, row)
    sentence = f"{found.person} does not act for {found.supplier} any more."
    do_and_tell(request, lambda: actions.end_access(found, by=person_of(request)), sentence)
    return redirect("organization:organization", pk)


@public
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of an invitation leads: to an account of one's own, or to the act for one more supplier."""
    invitation = actions.invitation_with(token)
    if invitation is None:
        return render(request, "claims/organization/join_no_more.html", status=404)
    account = User.objects.filter(email__iexact=invitation.email).first()
    if account:
        return join_with_account(request, invitation, account)
    form = JoinForm(invitation.email, request.POST or None)
    with refusals_to(form):
        if form.is_valid():
            actions.join_as_new_person(invitation, form.cleaned_data["name"], form.cleaned_data["password"])
            messages.success(request, f"Your account is made. Sign in as {invitation.email}.")
            return redirect("account_login")
    return render(request, "claims/organization/join.html", {"invitation": invitation, "form": form})


def join_with_account(request: HttpRequest, invitation: Invitation, account: User) -> HttpResponse:
    """Whoever has an account signs in with it first."""
    is_signed_in = request.user == account
    if request.method == "POST" and is_signed_in:
        do_and_tell(
            request, lambda: actions.join(invitation, account), f"You act for {invitation.supplier} from now on."
        )
        return redirect("home")
    context = {"invitation": invitation, "is_signed_in": is_signed_in}
    return render(request, "claims/organization/join_account.html", context)


# ---------- keys ----------


@changes_keys
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest, pk: int) -> HttpResponse:
    """The keys of the organization's programs; a key that was made is shown in the answer and never again."""
    supplier, by = supplier_or_404(request, pk), person_of(request)
    require(by, Right.KEYS, pk)
    form, shown = KeyForm(request.POST or None), None
    with refusals_to(form):
        if form.is_valid():
            shown = key_actions.make_key(supplier, **form.cleaned_data, by=by)
            form = KeyForm()
    context = {"supplier": supplier, "page": keys_page(supplier), "form": form, "shown": shown}
    return render(request, "claims/organization/keys.html", context)


@changes_keys
@require_POST
def revoke(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Revoke a key."""
    found = get_object_or_404(supplier_or_404(request, pk).api_keys, pk=key)
    sentence = f"The key “{found}” opens nothing any more."
    do_and_tell(request, lambda: key_actions.revoke_key(found, by=person_of(request)), sentence)
    return redirect("organization:keys", pk)
