"""Signing on elsewhere: what is asked of the provider, what of its answers is believed."""

import asyncio
import base64
import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fake_provider import CLIENT, ISSUER, SECRET, SITE, FakeProvider
from joserfc.jwk import ECKey

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.server.sign_on.provider import Provider
from iprof_kit.server.sign_on.tokens import value_at
from iprof_kit.server.sign_on.trips import Trip
from iprof_kit.server.sign_on_settings import KEYCLOAK, PROCONNECT, SignOn


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def goes_on(self, **by):
        self.now += timedelta(**by)


def settings(**changes):
    return SignOn("l’annuaire", ISSUER, CLIENT, SECRET, SITE, **changes)


class Meeting:
    """The kit, a provider, and one who signs on."""

    def __init__(self, **changes):
        self.clock = Clock()
        self.there = FakeProvider(clock=self.clock)
        self.here = Provider(settings(**changes), self.there.client_of_it(), self.clock)

    def address(self, trip):
        return asyncio.run(self.here.address(trip))

    def sign_on(self, trip=None, **changed):
        trip = trip or Trip.new("/accueil")
        words = self.there.authorize(self.address(trip)) | changed
        return asyncio.run(self.here.person(words["code"], trip, words["iss"]))

    def leaving(self, token):
        return asyncio.run(self.here.leaving(token))

    def signed_off(self, token):
        return asyncio.run(self.here.signed_off(token))


@pytest.fixture
def meeting():
    return Meeting()


def test_the_provider_is_asked_for_a_code_that_only_this_browser_can_use(meeting):
    trip = Trip.new("/accueil")
    there = urlsplit(meeting.address(trip))
    words = dict(parse_qsl(there.query))
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{ISSUER}/auth"
    assert (words["response_type"], words["client_id"], words["scope"]) == (
        "code",
        CLIENT,
        "openid",
    )
    assert words["redirect_uri"] == f"{SITE}/connexion/retour"
    assert (words["state"], words["nonce"]) == (trip.state, trip.nonce)
    digest = hashlib.sha256(trip.verifier.encode()).digest()
    assert words["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert words["code_challenge_method"] == "S256"
    assert trip.verifier not in there.query
    assert SECRET not in there.query


def test_the_provider_s_answers_lead_nowhere_else(monkeypatch):
    asked = {}
    monkeypatch.setattr("httpx.AsyncClient", lambda **words: asked.update(words))
    Provider(settings())
    assert asked["follow_redirects"] is False
    assert "verify" not in asked  # certificates are looked at, as by default


def test_two_trips_have_nothing_in_common():
    one, other = Trip.new("/"), Trip.new("/")
    words = {w for trip in (one, other) for w in (trip.state, trip.nonce, trip.verifier)}
    assert len(words) == 6
    assert one.is_of(one.state)
    assert not one.is_of(other.state)
    assert not one.is_of("é\ud800")


def test_who_signs_on_is_known_by_issuer_and_subject(meeting):
    person = meeting.sign_on()
    assert (person.issuer, person.subject, person.sid) == (ISSUER, "sujet-1", "session-1")
    assert meeting.there.form["code_verifier"]
    assert meeting.there.authorization.startswith("Basic ")
    assert "client_secret" not in meeting.there.form


def test_a_code_serves_once(meeting):
    trip = Trip.new("/")
    words = meeting.there.authorize(meeting.address(trip))
    asyncio.run(meeting.here.person(words["code"], trip, words["iss"]))
    with pytest.raises(Refused):
        asyncio.run(meeting.here.person(words["code"], trip, words["iss"]))


HOSTILE = {
    "another nonce": {"nonce": "celui d’une autre"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://ailleurs.example"},
    "no issuer": {"iss": None},
    "for somebody else": {"aud": "autre"},
    "for several, of whom nobody says which": {"aud": [CLIENT, "autre"]},
    "for several, given to another": {"aud": [CLIENT, "autre"], "azp": "autre"},
    "given to another": {"azp": "autre"},
    "no audience": {"aud": None},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a number for a name": {"sub": 12},
    "a name too long": {"sub": "a" * 300},
    "no end": {"exp": None},
    "no beginning": {"iat": None},
    "an end that is no number": {"exp": "demain"},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_a_token_that_lies_is_refused_in_french(meeting, changes):
    meeting.there.claims = changes
    with pytest.raises(Refused, match="identité n’a pas pu être vérifiée"):
        meeting.sign_on()


def test_a_strength_that_is_asked_for_is_looked_for_in_the_token():
    meeting = Meeting(acr=("eidas2", "eidas3"))
    asked = json.loads(parse_qs(urlsplit(meeting.address(Trip.new("/"))).query)["claims"][0])
    assert asked["id_token"]["acr"] == {"essential": True, "values": ["eidas2", "eidas3"]}
    for weak in ({}, {"acr": "eidas1"}, {"acr": ["eidas2"]}):
        meeting.there.claims = weak
        with pytest.raises(Refused, match="assez forte"):
            meeting.sign_on()
    meeting.there.claims = {"acr": "eidas3"}
    assert meeting.sign_on().subject == "sujet-1"
    assert "claims" not in parse_qs(urlsplit(Meeting().address(Trip.new("/"))).query)


def test_a_token_for_several_given_to_us_is_believed(meeting):
    meeting.there.claims = {"aud": [CLIENT, "autre"], "azp": CLIENT}
    assert meeting.sign_on().subject == "sujet-1"


@pytest.mark.parametrize(
    ("ago", "believed"),
    [
        ({"exp": {"seconds": 30}}, True),
        ({"exp": {"seconds": 61}}, False),
        ({"iat": {"seconds": -30}}, True),
        ({"iat": {"seconds": -90}}, False),
        ({"iat": {"minutes": 10}}, True),
        ({"iat": {"minutes": 12}}, False),
        ({"nbf": {"seconds": -90}}, False),
    ],
)
def test_two_clocks_may_differ_by_a_minute_and_no_more(meeting, ago, believed):
    meeting.there.claims = {name: meeting.there.seconds(**by) for name, by in ago.items()}
    if believed:
        assert meeting.sign_on().subject == "sujet-1"
    else:
        with pytest.raises(Refused):
            meeting.sign_on()


@pytest.mark.parametrize("how", ["confused", "unsigned"])
def test_what_no_private_key_signed_is_refused(meeting, how):
    meeting.there.sign = getattr(meeting.there, how)
    with pytest.raises(Refused):
        meeting.sign_on()


def test_another_s_key_is_refused_whatever_name_it_takes(meeting):
    there = meeting.there
    stranger = there.new_key()
    kid = there.keys[0].kid
    there.sign = lambda claims: there.signed(claims, {"kid": kid}, stranger)
    with pytest.raises(Refused):
        meeting.sign_on()


def test_a_key_that_the_token_brings_itself_is_not_looked_at(meeting):
    there = meeting.there
    stranger = there.new_key()
    brought = {"kid": stranger.kid, "jwk": stranger.as_dict(private=False)}
    there.sign = lambda claims: there.signed(claims, brought, stranger)
    with pytest.raises(Refused):
        meeting.sign_on()


def test_a_signature_that_was_not_asked_for_is_refused():
    meeting = Meeting(signatures=("ES256",))
    with pytest.raises(Refused):
        meeting.sign_on()
    meeting.there.keys = [ECKey.generate_key("P-256", {"kid": "courbe"})]
    there = meeting.there
    there.sign = lambda claims: there.signed(claims, {"alg": "ES256"})
    meeting.clock.goes_on(minutes=2)
    assert meeting.sign_on().subject == "sujet-1"


def test_what_comes_back_from_another_issuer_is_refused(meeting):
    with pytest.raises(Refused):
        meeting.sign_on(iss="https://ailleurs.example")
    assert "/token" not in meeting.there.asked
    meeting.there.document = {"authorization_response_iss_parameter_supported": True}
    meeting.clock.goes_on(hours=2)
    with pytest.raises(Refused):
        meeting.sign_on(iss=None)


def test_documents_are_asked_for_once_an_hour(meeting):
    for _ in range(3):
        meeting.sign_on()
    assert meeting.there.asked.count("/jwks") == 1
    meeting.clock.goes_on(minutes=61)
    meeting.sign_on()
    assert meeting.there.asked.count("/jwks") == 2


def test_a_key_that_was_changed_is_asked_for_at_once_and_once_a_minute_at_most(meeting):
    meeting.sign_on()
    meeting.clock.goes_on(minutes=2)
    meeting.there.rotate()
    assert meeting.sign_on().subject == "sujet-1"
    assert meeting.there.asked.count("/jwks") == 2
    unknown = meeting.there.new_key()
    meeting.there.sign = lambda claims: meeting.there.signed(claims, None, unknown)
    for _ in range(5):
        with pytest.raises(Refused):
            meeting.sign_on()
    assert meeting.there.asked.count("/jwks") == 2
    meeting.clock.goes_on(minutes=2)
    with pytest.raises(Refused):
        meeting.sign_on()
    assert meeting.there.asked.count("/jwks") == 3


def test_a_provider_that_is_down_is_said_in_french_and_not_asked_by_everybody(meeting):
    meeting.there.down = True
    for _ in range(3):
        with pytest.raises(Unavailable, match="l’annuaire ne répond pas") as error:
            meeting.address(Trip.new("/"))
    assert "mot de passe du kit" in error.value.remedy
    assert len(meeting.there.asked) == 1
    assert meeting.here.silent
    meeting.there.down = False
    meeting.clock.goes_on(seconds=6)
    assert meeting.sign_on().subject == "sujet-1"
    assert not meeting.here.silent


def test_documents_serve_longer_where_the_provider_is_down_for_a_while(meeting):
    meeting.sign_on()
    meeting.there.down = True
    meeting.clock.goes_on(hours=3)
    assert meeting.address(Trip.new("/")).startswith(f"{ISSUER}/auth?")


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://ailleurs.example"},
        {"token_endpoint": "http://annuaire.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": 3},
    ],
)
def test_a_document_of_somebody_else_or_in_clear_is_not_used(meeting, document):
    meeting.there.document = document
    with pytest.raises(Unavailable):
        meeting.address(Trip.new("/"))


def test_a_signed_userinfo_of_the_same_person_is_read():
    meeting = Meeting(**PROCONNECT)
    there = meeting.there
    told = {"iss": ISSUER, "aud": CLIENT, "sub": "sujet-1", "uid": "jdupont"}
    there.userinfo = there.signed(told)
    assert meeting.sign_on().claims["uid"] == "jdupont"
    assert there.form["client_secret"] == SECRET
    assert "code_challenge" not in parse_qs(urlsplit(meeting.address(Trip.new("/"))).query)
    hostile = [
        there.signed(told | {"sub": "sujet-2"}),
        there.signed(told | {"aud": "autre"}),
        there.signed(told | {"iss": "https://ailleurs.example"}),
        there.confused(told),
        there.unsigned(told),
        told,
    ]
    for one in hostile:
        there.userinfo = one
        with pytest.raises(Refused):
            meeting.sign_on()


def test_a_userinfo_never_changes_what_the_token_says():
    meeting = Meeting(userinfo="json")
    meeting.there.claims = {"roles": ["un"]}
    meeting.there.userinfo = {"sub": "sujet-1", "roles": ["tout"], "uid": "jdupont"}
    person = meeting.sign_on()
    assert person.claims["roles"] == ["un"]
    assert person.claims["uid"] == "jdupont"


def test_a_claim_is_found_by_its_way():
    claims = {"realm_access": {"roles": ["a"]}, "https://x.example/role": "b"}
    assert value_at(claims, KEYCLOAK["roles_claim"]) == ["a"]
    assert value_at(claims, "https://x.example/role") == "b"
    assert value_at(claims, "realm_access.roles.a") is None


def test_who_signs_off_here_signs_off_there(meeting):
    token = meeting.sign_on().token
    words = dict(parse_qsl(urlsplit(meeting.leaving(token)).query))
    assert words["id_token_hint"] == token
    assert words["post_logout_redirect_uri"] == f"{SITE}/connexion"
    assert len(words["state"]) >= 32
    assert "id_token_hint" not in meeting.leaving(None)


def test_who_signs_off_while_the_provider_is_down_has_left_the_kit_all_the_same(meeting):
    meeting.there.down = True
    assert meeting.leaving("un jeton") is None


def test_the_provider_says_who_has_signed_off(meeting):
    claims = meeting.signed_off(meeting.there.logout_token())
    assert (claims["sub"], claims["sid"]) == ("sujet-1", "session-1")


@pytest.mark.parametrize(
    "changes",
    [
        {"events": None},
        {"events": {"autre": {}}},
        {"nonce": "un"},
        {"sub": None, "sid": None},
        {"aud": "autre"},
        {"iss": "https://ailleurs.example"},
        {"jti": None},
        {"iat": None},
        {"iat": 1},
        {"exp": 1},
        {"header": {"typ": "at+jwt"}},
        {"header": {"typ": "JWT"}},
    ],
)
def test_what_is_no_token_of_signing_off_is_refused(meeting, changes):
    with pytest.raises(Refused):
        meeting.signed_off(meeting.there.logout_token(**changes))


def test_a_word_of_signing_off_without_its_type_is_believed_where_it_is_said_so():
    meeting = Meeting(**KEYCLOAK)
    untyped = {"typ": "JWT"}
    assert meeting.signed_off(meeting.there.logout_token(untyped))["sub"] == "sujet-1"
    for changes in ({"events": None}, {"nonce": "un"}):
        with pytest.raises(Refused):
            meeting.signed_off(meeting.there.logout_token(untyped, **changes))


def test_a_token_of_signing_on_ends_nobody_s_session(meeting):
    person = meeting.sign_on()
    with pytest.raises(Refused):
        meeting.signed_off(person.token)


def test_neither_secret_nor_token_nor_person_is_logged(meeting, caplog):
    caplog.set_level(logging.DEBUG)
    meeting.there.claims = {"aud": "autre"}
    with pytest.raises(Refused):
        meeting.sign_on()
    for word in (SECRET, "sujet-1", "session-1", "eyJ", "code="):
        assert word not in caplog.text
    assert SECRET not in repr(meeting.here.given)


@pytest.mark.parametrize(
    "changes",
    [
        {"signatures": ("HS256",)},
        {"signatures": ("none",)},
        {"signatures": ()},
        {"link_claim": "numen"},
        {"link_claim": "NUMEN_agent"},
        {"link_claim": "email"},
        {"roles_claim": "r", "roles": {"prof": "enseignant"}},
    ],
)
def test_what_would_not_be_safe_is_refused_when_it_is_written(changes):
    with pytest.raises(InputError, match="connexion"):
        settings(**changes)


def test_an_address_in_clear_is_refused_beyond_this_machine():
    for issuer, site in ((f"http{ISSUER[5:]}", SITE), (ISSUER, "http://kit.example")):
        with pytest.raises(InputError, match="HTTPS"):
            SignOn("l’annuaire", issuer, CLIENT, SECRET, site)
    assert SignOn("ici", "http://127.0.0.1:9", CLIENT, SECRET, "http://localhost:8866").pkce
