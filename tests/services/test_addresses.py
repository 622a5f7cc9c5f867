import pytest

from iprof_kit.services.access.attempts import place_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "192.0.2.1", False),
        ("ceci n’est pas une adresse", "cela non plus", False),
    ],
)
def test_a_place_is_an_address_or_the_network_that_one_person_is_given(one, other, same):
    assert (place_of(one) == place_of(other)) is same
