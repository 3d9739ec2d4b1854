"""Which hosts are one paper's."""

import pytest

from training.papers import paper, same_paper


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.valmont-gazette.fr", "valmontgazette-02.example", True),
        ("gazette24.example", "www.gazette24-fr.com", True),
        ("m.wexmouth.example.co.uk", "www.wexmouth.com", True),
        ("www.gazette.fr", "www.courier.fr", False),
        ("www.news.com", "www.com.news", False),
        ("ft-1.example", "www.ftd.de", False),
    ],
)
def test_hosts_of_a_paper(one, other, same):
    assert same_paper(paper(one), paper(other)) is same
