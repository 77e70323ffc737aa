"""The durable store, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.leases import LineLease
from rasa_project.channels.wechat.people import People
from rasa_project.channels.wechat.pushes import NEVER, Parcel, PushQueue, Quota, Sent, Terms
from rasa_project.channels.wechat.schema import MESSAGE
from rasa_project.channels.wechat.seen import SignatureMemory
from rasa_project.channels.wechat.store import Arrival, Job, MessageStore, Outcome

NOW = 1_700_000_000.0


def arrival(dedup: str = "m1", alias: str = "user", text: str = "67岁") -> Arrival:
    return Arrival("oa", dedup, alias, "sealed", "text", text, {"department": "血液科"})


def arrive(store: MessageStore, now: float = NOW, **values: str) -> int:
    return store.arrive(arrival(**values), now, now + 4.3).id


def claimed(store: MessageStore, now: float = NOW, alias: str = "user") -> Job:
    job = store.claim(alias, now, 15)
    assert job is not None
    return job


def answer(store: MessageStore, text: str, card: str | None = None) -> Job:
    job = claimed(store)
    assert store.finish(job, Outcome(text, card))
    return job


def queue(engine: sa.engine.Engine, store: MessageStore, **values: Any) -> PushQueue:
    return PushQueue(engine, store, Terms(**values))


def due(pushes: PushQueue, now: float = NOW + 10) -> Parcel:
    parcel = pushes.claim("user", now)
    assert parcel is not None
    return parcel


def row(engine: sa.engine.Engine, number: int) -> Any:
    with engine.connect() as connection:
        return connection.execute(sa.select(MESSAGE).where(MESSAGE.c.id == number)).one()


def test_a_retry_attaches_to_the_message(engine: sa.engine.Engine) -> None:
    first, second = MessageStore(engine), MessageStore(engine)
    tickets = [one.arrive(arrival(), NOW, NOW + 4) for one in (first, second, first)]
    assert len({ticket.id for ticket in tickets}) == 1
    assert [ticket.attempt for ticket in tickets] == [1, 2, 3]


def test_many_deliveries_at_once_are_one_message(engine: sa.engine.Engine) -> None:
    stores = [MessageStore(engine) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        tickets = list(pool.map(lambda one: one.arrive(arrival(), NOW, NOW + 4), stores))
    assert len({ticket.id for ticket in tickets}) == 1
    assert sorted(ticket.attempt for ticket in tickets) == [1, 2, 3, 4, 5, 6]


def test_only_one_replica_takes_a_turn(engine: sa.engine.Engine) -> None:
    stores = [MessageStore(engine) for _ in range(6)]
    arrive(stores[0])
    with ThreadPoolExecutor(6) as pool:
        jobs = list(pool.map(lambda one: one.claim("user", NOW, 15), stores))
    assert sum(job is not None for job in jobs) == 1


def test_turns_of_one_user_keep_their_order(engine: sa.engine.Engine) -> None:
    store, other = MessageStore(engine), MessageStore(engine)
    arrive(store, dedup="m1", text="一")
    arrive(store, dedup="m2", text="二")
    first = claimed(store)
    assert first.text == "一"
    assert other.claim("user", NOW, 15) is None
    store.finish(first, Outcome("甲"))
    assert claimed(other).text == "二"


def test_turns_of_different_users_run_side_by_side(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    arrive(store, dedup="m1", alias="a")
    arrive(store, dedup="m2", alias="b")
    assert claimed(store, alias="a").id != claimed(store, alias="b").id


def test_a_replica_that_died_loses_its_turn(engine: sa.engine.Engine) -> None:
    dead, alive = MessageStore(engine), MessageStore(engine)
    arrive(dead)
    lost = claimed(dead)
    assert alive.at_work("oa", NOW + 14, pushes=True) == []
    assert alive.at_work("oa", NOW + 16, pushes=True) == ["user"]
    job = claimed(alive, NOW + 16)
    assert job.interrupted
    assert job.text == "67岁"
    assert not dead.finish(lost, Outcome("晚"))
    assert alive.finish(job, Outcome("答"))
    assert alive.take(job.id, NOW + 17) == "答"


def test_a_replica_that_lives_keeps_its_turn(engine: sa.engine.Engine) -> None:
    slow, other = MessageStore(engine), MessageStore(engine)
    arrive(slow)
    job = claimed(slow)
    slow.renew(job.id, NOW + 30)
    assert other.claim("user", NOW + 16, 15) is None
    slow.release()
    assert other.claim("user", NOW + 16, 15) is not None


def test_an_answer_is_sent_once_and_repeated_for_a_retry(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    number = arrive(store)
    answer(store, "答")
    assert store.take(number, NOW + 1) == "答"
    assert store.take(number, NOW + 2) == "答"
    assert queue(engine, store).claim("user", NOW + 10) is None


def test_passive_reply_and_push_cannot_both_have_it(engine: sa.engine.Engine) -> None:
    for attempt in range(8):
        store, other = MessageStore(engine), MessageStore(engine)
        number = arrive(store, dedup=f"m{attempt}")
        answer(store, f"答{attempt}")
        pushes = queue(engine, other)
        with ThreadPoolExecutor(2) as pool:
            taken = pool.submit(store.take, number, NOW + 10)
            pushed = pool.submit(pushes.claim, "user", NOW + 10)
            assert (taken.result() is None) != (pushed.result() is None)
        if pushed.result() is not None:
            pushes.settle(pushed.result(), Sent.DONE, NOW)


def test_nothing_is_pushed_while_a_passive_reply_is_possible(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    arrive(store)
    answer(store, "答")
    assert queue(engine, store).claim("user", NOW + 4) is None
    assert due(queue(engine, store)).text == "答"


def test_a_failed_push_is_never_recorded_as_sent(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store)
    first = arrive(store)
    answer(store, "旧答")
    pushes.settle(due(pushes), Sent.HOLD, NOW + 11)
    assert row(engine, first).state == "done"
    assert pushes.claim("user", NOW + 100_000) is None
    second = arrive(store, now=NOW + 100_000, dedup="m2")
    answer(store, "新答")
    assert store.take(second, NOW + 100_001) == "旧答\n\n新答"
    assert row(engine, first).via == "passive"
    assert store.take(first, NOW + 100_002) is None


def test_a_push_that_may_succeed_later_is_repeated_with_patience(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store, backoff=(2.0, 10.0))
    arrive(store)
    answer(store, "答")
    pushes.settle(due(pushes, NOW + 10), Sent.LATER, NOW + 10)
    assert pushes.claim("user", NOW + 11) is None
    pushes.settle(due(pushes, NOW + 12), Sent.LATER, NOW + 12)
    assert pushes.claim("user", NOW + 21) is None
    pushes.settle(due(pushes, NOW + 22), Sent.LATER, NOW + 22)
    assert pushes.claim("user", NOW + 99_999) is None


@pytest.mark.parametrize("resend", [True, False])
def test_a_push_without_an_answer(engine: sa.engine.Engine, resend: bool) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store, resend_uncertain=resend)
    number = arrive(store)
    answer(store, "答")
    pushes.settle(due(pushes), Sent.UNCERTAIN, NOW + 10)
    assert (row(engine, number).push_after == NEVER) is not resend
    if resend:
        assert due(pushes, NOW + 20).again
    else:
        second = arrive(store, now=NOW + 60, dedup="m2")
        answer(store, "新")
        shown = store.take(second, NOW + 61)
        assert shown is not None
        assert "再次发送" in shown
        assert shown.endswith("答\n\n新")


def test_a_repeated_text_is_the_same_where_the_platform_drops_duplicates(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store, resend_uncertain=True, drops_duplicates=True)
    arrive(store)
    answer(store, "答")
    pushes.settle(due(pushes), Sent.UNCERTAIN, NOW + 10)
    assert due(pushes, NOW + 20).text == "答"


def test_a_repeated_text_beside_a_new_one_says_so_even_there(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store, resend_uncertain=True, drops_duplicates=True)
    arrive(store)
    answer(store, "答")
    pushes.settle(due(pushes), Sent.UNCERTAIN, NOW + 10)
    arrive(store, dedup="m2")
    answer(store, "新")
    text = due(pushes, NOW + 20).text
    assert "再次发送" in text
    assert text.endswith("答\n\n新")


@pytest.mark.parametrize(("merges", "texts"), [(True, ["答\n\n新"]), (False, ["答", "新"])])
def test_answers_that_wait_together(engine: sa.engine.Engine, merges: bool, texts: list[str]) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store, merges=merges)
    for dedup, text in (("m1", "答"), ("m2", "新")):
        arrive(store, dedup=dedup)
        answer(store, text)
    sent = []
    for parcel in iter(lambda: pushes.claim("user", NOW + 10), None):
        sent.append((parcel.text, parcel.delivery))
        pushes.settle(parcel, Sent.DONE, NOW + 10)
    assert [text for text, _ in sent] == texts
    assert sent[-1][1] == "m2"


def test_a_replica_that_died_while_sending(engine: sa.engine.Engine) -> None:
    dead, alive = MessageStore(engine), MessageStore(engine)
    arrive(dead)
    answer(dead, "答")
    lost = due(queue(engine, dead))
    assert queue(engine, alive).claim("user", NOW + 20) is None
    assert queue(engine, alive, resend_uncertain=True).claim("user", NOW + 45) is None
    again = due(queue(engine, alive, resend_uncertain=True), NOW + 60)
    assert again.again
    queue(engine, dead).settle(lost, Sent.DONE, NOW + 61)
    assert row(engine, lost.numbers[0]).state == "sending"


def test_one_replica_holds_a_connection_at_a_time(engine: sa.engine.Engine) -> None:
    one, two = LineLease(engine, "bot"), LineLease(engine, "bot")
    assert one.hold(NOW, 10)
    assert not two.hold(NOW + 9, 10)
    assert one.hold(NOW + 9, 10)
    assert not two.hold(NOW + 18, 10)
    assert two.hold(NOW + 19, 10)
    assert not one.hold(NOW + 20, 10)
    one.release()
    assert not one.hold(NOW + 20, 10)
    two.release()
    assert one.hold(NOW + 20, 10)
    assert LineLease(engine, "another bot").hold(NOW + 20, 10)


def test_replicas_that_start_together_do_not_both_hold_it(engine: sa.engine.Engine) -> None:
    leases = [LineLease(engine, "bot") for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(lambda lease: lease.hold(NOW, 10), leases)) == [False] * 5 + [True]


def test_quotas_hold_back_what_is_too_much(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store, quotas=(Quota(2, 60.0),))
    for number in range(3):
        arrive(store, dedup=f"m{number}")
        answer(store, f"答{number}")
        if number < 2:
            pushes.settle(due(pushes), Sent.DONE, NOW + 10)
    assert pushes.claim("user", NOW + 11) is None
    assert due(pushes, NOW + 71).text == "答2"


def test_a_card_follows_its_answer_and_is_void_once_the_user_writes(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store)
    number = arrive(store)
    answer(store, "问", card='{"card_type": "vote_interaction"}')
    assert pushes.claim("user", NOW + 1) is None
    assert store.take(number, NOW + 1) == "问"
    parcel = due(pushes, NOW + 1)
    assert (parcel.text, parcel.card) == ("", '{"card_type": "vote_interaction"}')
    pushes.settle(parcel, Sent.LATER, NOW + 1)
    arrive(store, dedup="m2")
    answer(store, "答")
    assert due(pushes).text == "答"


def test_a_late_answer_and_its_card_go_out_in_order(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    pushes = queue(engine, store)
    arrive(store)
    answer(store, "问", card="{}")
    first = due(pushes)
    assert (first.text, first.card) == ("问", None)
    pushes.settle(first, Sent.DONE, NOW + 10)
    assert due(pushes).card == "{}"


def test_a_long_answer_is_continued(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    number = arrive(store)
    lines = [f"第{index}行" + "文" * 60 for index in range(20)]
    answer(store, "\n".join(lines))
    page = store.take(number, NOW + 1)
    assert page is not None
    assert len(page.encode()) <= 2000
    assert "继续" in page
    rest = store.rest("user", NOW + 2)
    assert rest is not None
    assert (page.rsplit("\n", 1)[0] + "\n" + rest).split("\n") == lines
    assert store.rest("user", NOW + 700) is None


def test_a_message_that_overtook_an_answer_is_marked(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    first = arrive(store)
    arrive(store, dedup="m2", text="2")
    answer(store, "问题")
    assert claimed(store).behind
    store.take(first, NOW)
    assert not store.has_unseen("user", 10**6)


def test_texts_are_wiped_and_the_skeleton_stays(engine: sa.engine.Engine) -> None:
    store = MessageStore(engine)
    number = arrive(store)
    answer(store, "机密答")
    store.take(number, NOW)
    store.wipe(NOW + 599)
    assert row(engine, number).shown == "机密答"
    store.wipe(NOW + 601)
    left = row(engine, number)
    assert not any("机密" in str(value) or value == "sealed" for value in left)
    assert (left.kind, left.state, left.via) == ("text", "sent", "passive")


def test_a_signature_is_good_for_three_attempts_soon_after_another(engine: sa.engine.Engine) -> None:
    one, other = SignatureMemory(engine), SignatureMemory(engine)
    assert [one.admit("s", NOW), other.admit("s", NOW + 5), one.admit("s", NOW + 10)] == [True] * 3
    assert not other.admit("s", NOW + 15)
    assert one.admit("t", NOW)
    assert not other.admit("t", NOW + 31)


def test_forgetting_cuts_the_way_to_the_person(engine: sa.engine.Engine) -> None:
    people, store = People(engine, Identities("k" * 32)), MessageStore(engine)
    user = people.find("h", NOW)
    assert user.is_new
    assert people.find("h", NOW).alias == user.alias
    number = arrive(store, alias=user.alias, text="机密")
    assert people.forget("h") == user.alias
    left = row(engine, number)
    assert not any("机密" in str(value) or value == "sealed" for value in left)
    assert store.at_work("oa", NOW + 100, pushes=True) == []
    assert people.find("h", NOW).alias != user.alias
    assert people.forget("nobody") is None


def test_binding_codes(engine: sa.engine.Engine) -> None:
    people = People(engine, Identities("k" * 32))
    one, two = people.find("h1", NOW), people.find("h2", NOW)
    code = people.issue_code("10086", "血液科", "医师", NOW)
    assert people.bind(one.alias, people.code_hash(f" {code[:5].lower()}-{code[5:]} "), NOW) == "bound"
    assert people.bind(one.alias, people.code_hash(code), NOW) == "bound"
    assert people.bind(two.alias, people.code_hash(code), NOW) == "bind_wrong"
    bound = people.find("h1", NOW)
    assert (bound.bound, bound.department, bound.role) == (True, "血液科", "医师")
    late = people.issue_code("10087", "血液科", "医师", NOW)
    assert people.bind(two.alias, people.code_hash(late), NOW + 25 * 3600) == "bind_wrong"
    for _ in range(5):
        people.bind(two.alias, people.code_hash("WRONG"), NOW)
    good = people.issue_code("10087", "血液科", "医师", NOW)
    assert people.bind(two.alias, people.code_hash(good), NOW) == "bind_locked"
    assert people.bind(two.alias, people.code_hash(good), NOW + 3601) == "bound"
    assert people.unbind_staff("10086") == 1
    assert not people.find("h1", NOW).bound


def test_no_table_holds_a_staff_number_or_a_code(engine: sa.engine.Engine) -> None:
    people = People(engine, Identities("k" * 32))
    code = people.issue_code("10086123", "血液科", "医师", NOW)
    people.bind(people.find("h", NOW).alias, people.code_hash(code), NOW)
    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            for one in connection.execute(sa.text(f"SELECT * FROM {table}")):
                assert code not in str(one)
                assert "10086123" not in str(one)


def test_only_the_last_card_is_open(engine: sa.engine.Engine) -> None:
    people = People(engine, Identities("k" * 32))
    people.offer("user", "t1", ["有", "无"])
    people.offer("user", "t2", ["甲"])
    assert people.offered("user", "t1") is None
    assert people.offered("user", "t2") == ["甲"]
    people.withdraw("user")
    assert people.offered("user", "t2") is None
