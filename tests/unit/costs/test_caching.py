"""Costs with and without caching, of failures and of batches, against figures worked out by hand."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import pytest

from generator.content import facts as facts_module
from generator.content.facts import Facts
from generator.costs import break_even, caching, failures
from generator.costs.caching import TTLS, Request
from generator.costs.failures import Policy, Traffic
from tests.unit.projects import ROOT

HOUR, FIVE_MINUTES = Fraction(1), Fraction(1, 12)


@pytest.fixture(scope="session")
def real() -> Facts:
    return facts_module.load(ROOT)


def traffic(**changed: object) -> Traffic:
    nothing = Fraction(0)
    quiet = Traffic(1000, Fraction(1, 100), nothing, nothing, nothing, nothing, Fraction(600), nothing)
    return dataclasses.replace(quiet, **changed)  # type: ignore[arg-type]


def test_caching_pays_from_the_second_request_at_five_minutes_and_the_third_at_one_hour(real: Facts):
    rows = break_even.rows(real)

    assert len(rows) > 10
    for row in rows:
        wanted = {"5m": None, "1h": None} if row.model == "claude-mythos-5-2" else {"5m": 2, "1h": 3}
        assert row.numbers == wanted, row.model


def test_break_even_number_is_the_first_that_is_really_cheaper(real: Facts):
    for model in caching.current_models(real):
        prices = caching.pricing(real, model)
        for band in prices.bands:
            for ttl in TTLS:
                number = caching.break_even_number(band, ttl)
                if number is None:
                    continue
                write, read = band.write[ttl], band.read
                assert write is not None
                assert read is not None
                cheaper = [n for n in range(1, 10) if write + (n - 1) * read < n * band.input]
                assert cheaper[0] == number, (model, ttl)


def test_equal_costs_are_not_yet_cheaper(real: Facts):
    band = dataclasses.replace(caching.pricing(real, "claude-sonnet-5").bands[0], write={"5m": Fraction(4), "1h": None}, read=Fraction(0))

    assert caching.break_even_bound(band, "5m") == 2
    assert caching.break_even_number(band, "5m") == 3


def test_bounds_are_those_of_the_official_factors(real: Facts):
    rows = {row.model: row.bounds for row in break_even.rows(real)}

    assert rows["claude-sonnet-5"] == {"5m": "1.28", "1h": "2.11"}
    assert rows["claude-sonnet-5-5"] == {"5m": "1.26", "1h": "2.05"}
    assert rows["claude-fable-5-1"] == {"5m": "1.26", "1h": "2.03"}
    assert rows["claude-mythos-5-2"] == {"5m": None, "1h": None}


def test_prices_agree_with_the_factors_of_the_facts(real: Facts):
    factors = {name: caching.exact(float(str(fact.value))) for name, fact in real.prices.multipliers.items()}
    special = {"claude-fable-5-2", "claude-fable-5-1", "claude-mythos-5-1", "claude-opus-5-5", "claude-sonnet-5-5"}

    for model in caching.current_models(real):
        for band in caching.pricing(real, model).bands:
            if band.read is None:
                continue
            assert band.write == {"5m": band.input * factors["cache_write_5m"], "1h": band.input * factors["cache_write_1h"]}, model
            assert (band.read != band.input * factors["cache_read"]) == (model in special), model


def test_period_costs_what_a_hand_works_out(real: Facts):
    prices = caching.pricing(real, "claude-sonnet-5-5")
    request = Request(prefix=20_000, other=500, output=300)

    found = caching.caching(prices, request, "5m", 1000, Fraction(1))

    assert found is not None
    # 1000 x (20,500 x $2 + 300 x $10) = $44; 1 x 20,000 x $2.50 + 999 x 20,000 x $0.10 + 1000 x (500 x $2 + 300 x $10) = $6.048
    assert (found.without, found.cached) == (Fraction(44), Fraction("6.048"))
    assert caching.money(found.cached) == "$6.05"


@pytest.mark.parametrize(("prefix", "cached"), [(511, False), (512, True)])
def test_shorter_prefix_than_the_minimum_is_not_cached(real: Facts, prefix: int, cached: bool):
    each = caching.request_costs(caching.pricing(real, "claude-sonnet-5-5"), Request(prefix, 10, 10), "5m")

    assert each is not None
    assert (each.write != each.plain) == cached


def test_minimum_of_every_model_that_has_one_is_found(real: Facts):
    known = {path for path in real.grouped if path.startswith("limits.caching.min_tokens.")} - {"limits.caching.min_tokens.mythos_preview"}
    found = [caching.pricing(real, model).minimum for model in caching.current_models(real)]

    assert sum(minimum is not None for minimum in found) == len(known)


def test_long_prompt_of_haiku_is_billed_at_the_second_prices_as_a_whole(real: Facts):
    prices = caching.pricing(real, "claude-haiku-5-5")

    assert caching.plain_cost(prices, 100_000, 1000) == Fraction("0.0105")
    assert caching.plain_cost(prices, 100_001, 1000) == Fraction("0.0525005")
    # Tokens that come from the cache are a part of the prompt.
    short, long = (caching.request_costs(prices, Request(99_000, other, 0), "5m") for other in (1000, 1001))
    assert short is not None
    assert long is not None
    assert (short.read, long.read) == (Fraction(99_000 * 1 + 1000 * 10, 10**8), Fraction(99_000 * 5 + 1001 * 50, 10**8))


def test_model_without_cache_prices_has_no_answer(real: Facts):
    prices = caching.pricing(real, "claude-mythos-5-2")

    assert caching.request_costs(prices, Request(10_000, 0, 0), "5m") is None
    assert caching.caching(prices, Request(10_000, 0, 0), "5m", 5, Fraction(1)) is None
    assert not caching.pricing(real, "claude-fable-5-2").confirmed


@pytest.mark.parametrize("tokens", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_negative_tokens_are_refused(real: Facts, tokens: tuple[int, int, int]):
    with pytest.raises(ValueError, match="never negative"):
        caching.request_costs(caching.pricing(real, "claude-sonnet-5-5"), Request(*tokens), "5m")


def test_even_requests_hit_the_cache_when_they_come_more_often_than_once_in_a_lifetime():
    writes = [caching.writes_of("even", requests, HOUR, 1, FIVE_MINUTES) for requests in (1, 11, 12, 13)]

    assert writes == [1, 11, 12, 1]


def test_random_requests_miss_with_the_chance_of_a_long_gap():
    writes = caching.writes_of("random", 12, HOUR, 1, FIVE_MINUTES)

    assert float(writes) == pytest.approx(1 + 11 / math.e, rel=1e-15)
    assert caching.writes_of("random", 10**9, HOUR, 1, FIVE_MINUTES) == 1


def test_each_burst_writes_once():
    assert [caching.writes_of("bursts", requests, HOUR, 4, FIVE_MINUTES) for requests in (0, 1, 4, 5, 9)] == [0, 1, 1, 2, 3]


def test_costs_are_the_same_at_the_break_even_rate(real: Facts):
    for model in ("claude-sonnet-5", "claude-sonnet-5-5", "claude-fable-5-1"):
        band = caching.pricing(real, model).bands[0]
        for ttl in TTLS:
            life = caching.lifetime_hours(real, ttl)
            rate = caching.break_even_rate(band, ttl, "random", life)
            write, read = band.write[ttl], band.read
            assert rate is not None
            assert write is not None
            assert read is not None
            missed = math.exp(-float(rate) * float(life))
            assert missed * float(write) + (1 - missed) * float(read) == pytest.approx(float(band.input), rel=1e-12)


def test_lifetimes_are_those_of_the_facts(real: Facts):
    assert [caching.lifetime_hours(real, ttl) for ttl in TTLS] == [FIVE_MINUTES, HOUR]
    assert real.grouped["limits.caching.renewed_by_read"].value is True


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "$0.00"), ("1", "$1.00"), ("1234567.885", "$1,234,567.89"), ("1.005", "$1.01"), ("0.0105", "$0.0105"),
        ("0.0000004", "<$0.000001"), ("0.0000005", "$0.000001"), ("0.9999999", "$1.00"), ("-3.456", "-$3.46"), ("0.5", "$0.50"),
    ],
)  # fmt: skip
def test_money_is_written_to_the_cent(amount: str, text: str):
    assert caching.money(Fraction(amount)) == text


def test_waits_are_those_of_the_installed_sdk(real: Facts):
    """The SDK's own function, with its random number at both ends and in the middle."""
    import anthropic
    from anthropic._models import FinalRequestOptions

    waits = failures.backoff(real)
    client = anthropic.Anthropic(api_key="x", max_retries=10)
    options = FinalRequestOptions(method="post", url="/v1/messages", max_retries=10)
    with pytest.MonkeyPatch.context() as patch:
        for retry in range(10):
            patch.setattr("anthropic._base_client.random", lambda: 0.5)
            assert client._calculate_retry_timeout(10 - retry, options) == pytest.approx(float(waits.mean(retry)))
        patch.setattr("anthropic._base_client.random", lambda: 1.0)
        assert client._calculate_retry_timeout(10, options) == pytest.approx(float(waits.initial * (1 - waits.jitter)))
    assert failures.sdk_policy(real).retries == anthropic.DEFAULT_MAX_RETRIES


def test_nothing_is_wasted_when_nothing_fails(real: Facts):
    found = failures.failures(traffic(), Policy(2), failures.backoff(real))

    assert found == failures.Outcome(*map(Fraction, (1000, 0, 0, 0, 0, 0)))


def test_expected_attempts_are_worked_out_by_hand(real: Facts):
    found = failures.failures(traffic(server=Fraction(1, 10)), Policy(2), failures.backoff(real))

    assert found.attempts == 1110
    assert found.wasted == 111
    assert found.failed == 1
    assert found.money == 0
    # 100 calls wait 0.4375 s on average, and 10 of them another 0.875 s.
    assert found.waiting == 100 * Fraction("0.4375") + 10 * Fraction("0.875")


def test_timeouts_are_billed_and_take_their_time(real: Facts):
    found = failures.failures(traffic(timeout=Fraction(1, 10)), Policy(0), failures.backoff(real))

    assert (found.failed, found.money, found.stalled) == (100, 1, 60_000)


def test_retry_after_takes_the_place_of_the_backoff(real: Facts):
    limited = traffic(limited=Fraction(1, 10), retry_after=Fraction(12))

    assert failures.failures(limited, Policy(1), failures.backoff(real)).waiting == 1200


def test_loop_around_the_sdk_repeats_what_can_never_work(real: Facts):
    wrong = traffic(invalid=Fraction(1, 100))
    waits = failures.backoff(real)

    assert failures.failures(wrong, Policy(2), waits).wasted == 10
    assert failures.failures(wrong, Policy(2, loops=5), waits).wasted == 50


def test_loop_around_the_sdk_multiplies_its_retries(real: Facts):
    dead = traffic(server=Fraction(1))

    assert failures.failures(dead, Policy(2, loops=5), failures.backoff(real)).attempts == 15_000


@pytest.mark.parametrize(
    "changed", [{"server": Fraction(-1, 10)}, {"invalid": Fraction(11, 10)}, {"server": Fraction(6, 10), "limited": Fraction(1, 2)}]
)
def test_impossible_shares_are_refused(real: Facts, changed: dict[str, Fraction]):
    with pytest.raises(ValueError, match="between 0 and 1"):
        failures.failures(traffic(**changed), Policy(2), failures.backoff(real))


def test_batch_costs_half_when_nothing_fails(real: Facts):
    found = failures.batch(250_001, Fraction(1, 100), Fraction(0), 3, real)

    assert (found.single, found.batch, found.rounds, found.batches) == (Fraction("2500.01"), Fraction("1250.005"), 1, 3)


def test_failed_requests_of_a_batch_are_sent_again_and_the_rest_alone(real: Facts):
    found = failures.batch(1000, Fraction(1), Fraction(1, 10), 1, real)

    # 900 at half the price, 90 more at half the price, 10 at the full one.
    assert found.rows == ((1000, 450), (100, 45))
    assert (found.left, found.batch) == (10, 505)


def test_resubmission_stops_when_nothing_is_left(real: Facts):
    assert failures.batch(100, Fraction(1), Fraction(1, 100), 10, real).rounds == 2


@pytest.mark.parametrize("given", [(-1, 1, 0, 0), (1, -1, 0, 0), (1, 1, 2, 0), (1, 1, 0, -1)])
def test_impossible_batches_are_refused(real: Facts, given: tuple[int, int, int, int]):
    with pytest.raises(ValueError, match="not negative"):
        failures.batch(given[0], Fraction(given[1]), Fraction(given[2]), given[3], real)


def test_rows_name_what_is_special(real: Facts):
    rules = {row.model: dict(row.rules) for row in break_even.rows(real)}

    assert rules["claude-sonnet-5"] == {}
    assert rules["claude-sonnet-5-5"] == {"read": {"factor": "0.05"}}
    assert rules["claude-fable-5-1"] == {"read": {"factor": "0.025"}}
    assert rules["claude-haiku-5-5"] == {"bands": {"limit": "100,000", "factor": "5"}}
    assert rules["claude-fable-5-2"] == {"read": {"factor": "0.025"}, "unconfirmed": {}}
    assert rules["claude-mythos-5-2"] == {"no_cache_price": {}}
    assert rules["claude-sonnet-4-5"] == {"retires": {"day": "2026-11-30"}}


def test_picture_crosses_where_the_table_says(real: Facts):
    picture = break_even.picture(real, "claude-sonnet-5-5")
    plain, *cached = picture.lines

    for line in cached:
        assert line.even is not None
        lower = [mine[1] > other[1] for mine, other in zip(line.points, plain.points, strict=True)]  # pixels count downwards
        assert lower == [number >= line.even for number in range(1, break_even.SHOWN + 1)]


def test_picture_of_a_model_without_cache_prices_is_refused(real: Facts):
    with pytest.raises(ValueError, match="no cache prices"):
        break_even.picture(real, "claude-mythos-5-2")
