package io.roomcast.chat.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomcast.chat.command.UpdateCall;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallLeaveReason;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as a function of commands and time. */
class CallStateTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX = 4;

    private static Call start(boolean isDirect, String... rings) {
        return CallState.start("call", "c", isDirect, CallMedia.AUDIO, who("ann"), List.of(rings), T);
    }

    private static NewParticipant who(String userId) {
        return new NewParticipant(userId, userId, "key of " + userId);
    }

    private static Call join(Call call, String userId, Instant now) {
        return CallState.join(call, who(userId), null, MAX, now).call();
    }

    private static Instant at(long seconds) {
        return T.plusSeconds(seconds);
    }

    /** Returns a call: ringing, active, alone (in a group), away (of ann), or ended. */
    private static Call in(String state, boolean isDirect) {
        Call call = isDirect ? start(true, "bob") : start(false, "bob", "cid");
        return switch (state) {
            case "ringing" -> call;
            case "active" -> join(call, "bob", at(5));
            case "away" ->
                CallState.away(join(call, "bob", at(5)), "ann", at(9)).call();
            default -> CallState.end(join(call, "bob", at(5)), "ann", at(9)).call();
        };
    }

    private static CallStep step(Call call, String event, Instant now) {
        String[] words = event.split(" ");
        String user = words[0];
        return switch (words[1]) {
            case "joins" -> CallState.join(call, new NewParticipant(user + "2", user, "key"), null, MAX, now);
            case "declines" -> CallState.decline(call, user, now);
            case "leaves" -> CallState.leave(call, user, CallLeaveReason.LEFT, now);
            case "lost" -> CallState.leave(call, user, CallLeaveReason.LOST, now);
            case "away" -> CallState.away(call, user, now);
            case "returns" -> CallState.rejoin(call, user, now);
            case "reloads" -> CallState.join(call, new NewParticipant(user + "2", user, "key"), user, MAX, now);
            case "mutes" -> CallState.update(call, user, new UpdateCall("call", false, null, null, null));
            case "removed" -> CallState.remove(call, user, now);
            case "ends" -> CallState.end(call, user, now);
            default -> CallState.expire(call, now);
        };
    }

    private static String describe(CallStep step) {
        Call call = step.call();
        if (step.isUnchanged()) {
            return "unchanged";
        }
        return call.isEnded()
                ? call.outcome().name()
                : (call.activeAt() == null ? "ringing" : "active") + ":"
                        + call.participants().size();
    }

    @ParameterizedTest(name = "{0} {1}: {2} at {3} s")
    @CsvSource({
        "direct, ringing, bob joins,       10, active:2",
        "direct, ringing, ann joins,       10, ANSWERED_ELSEWHERE!",
        "direct, ringing, bob declines,    10, DECLINED",
        "direct, ringing, ann declines,    10, CALL_NOT_FOUND!",
        "direct, ringing, ann leaves,      10, CANCELLED",
        "direct, ringing, ann lost,        10, MISSED",
        "direct, ringing, ann away,        10, ringing:1",
        "direct, ringing, ann reloads,     10, ringing:1",
        "direct, ringing, ann removed,     10, CANCELLED",
        "direct, ringing, bob removed,     10, CANCELLED",
        "direct, ringing, ann ends,        10, CANCELLED",
        "direct, ringing, time passes,     44, unchanged",
        "direct, ringing, time passes,     45, MISSED",
        "direct, active,  bob joins,       10, ANSWERED_ELSEWHERE!",
        "direct, active,  bob declines,    10, CALL_NOT_FOUND!",
        "direct, active,  bob leaves,      10, COMPLETED",
        "direct, active,  ann leaves,      10, COMPLETED",
        "direct, active,  ann lost,        10, LOST",
        "direct, active,  ann away,        10, active:2",
        "direct, active,  ann mutes,       10, active:2",
        "direct, active,  ann reloads,     10, active:2",
        "direct, active,  ann removed,     10, COMPLETED",
        "direct, active,  cid leaves,      10, unchanged",
        "direct, active,  cid mutes,       10, CALL_NOT_FOUND!",
        "direct, active,  time passes,     45, unchanged",
        "direct, active,  time passes,     60, LOST",
        "direct, away,    ann returns,     10, active:2",
        "direct, away,    ann joins,       10, active:2",
        "direct, away,    ann away,        10, unchanged",
        "direct, away,    time passes,     38, unchanged",
        "direct, away,    time passes,     39, LOST",
        "direct, ended,   bob joins,       10, CALL_NOT_FOUND!",
        "direct, ended,   bob declines,    10, CALL_NOT_FOUND!",
        "direct, ended,   ann returns,     10, CALL_NOT_FOUND!",
        "direct, ended,   ann mutes,       10, CALL_NOT_FOUND!",
        "direct, ended,   ann leaves,      10, unchanged",
        "direct, ended,   ann removed,     10, unchanged",
        "direct, ended,   ann ends,        10, unchanged",
        "direct, ended,   time passes,    999, unchanged",
        "group,  ringing, bob joins,       10, active:2",
        "group,  ringing, dan joins,       10, active:2",
        "group,  ringing, bob declines,    10, active:1",
        "group,  ringing, ann leaves,      10, CANCELLED",
        "group,  ringing, ann lost,        10, MISSED",
        "group,  ringing, bob removed,     10, active:1",
        "group,  ringing, time passes,     45, active:1",
        "group,  ringing, time passes,     60, MISSED",
        "group,  active,  bob leaves,      10, active:1",
        "group,  active,  bob lost,        10, active:1",
        "group,  active,  cid joins,       10, active:3",
        "group,  active,  ann ends,        10, COMPLETED",
        "group,  active,  bob removed,     10, active:1",
        "group,  active,  time passes,     44, unchanged",
        "group,  active,  time passes,     45, active:2",
        "group,  away,    time passes,     39, active:1",
        "group,  away,    ann returns,     10, active:2",
    })
    void state_and_event(String kind, String state, String event, long seconds, String expected) {
        Call call = in(state, kind.equals("direct"));
        ChatException[] refusal = {null};
        String[] outcome = {""};
        refusal[0] =
                catchThrowableOfType(ChatException.class, () -> outcome[0] = describe(step(call, event, at(seconds))));
        assertThat(refusal[0] == null ? outcome[0] : refusal[0].code() + "!").isEqualTo(expected);
    }

    private static List<CallFact> facts(CallStep step) {
        return step.facts();
    }

    private static List<CallFact.Kind> kinds(CallStep step) {
        return step.facts().stream().map(CallFact::kind).toList();
    }

    @Test
    void answer_silences_the_other_devices_of_the_user_and_notifies_of_the_new_one() {
        CallStep step = CallState.join(start(true, "bob"), who("bob"), null, MAX, at(5));
        assertThat(kinds(step)).containsExactly(CallFact.Kind.SILENCED, CallFact.Kind.JOINED);
        assertThat(facts(step).get(0).outcome()).isEqualTo(CallOutcome.ANSWERED_ELSEWHERE);
        assertThat(step.call().activeAt()).isEqualTo(at(5));
        assertThat(step.call().peers()).extracting(CallPeer::index).containsExactly(1, 2);
    }

    @Test
    void decline_in_a_group_silences_the_user_alone() {
        CallStep step = CallState.decline(start(false, "bob", "cid"), "bob", at(5));
        assertThat(kinds(step)).containsExactly(CallFact.Kind.DECLINED, CallFact.Kind.SILENCED);
        assertThat(step.call().ringing()).containsExactly("cid");
        Call missed = CallState.expire(step.call(), at(45)).call();
        assertThat(missed.ringing()).isEmpty();
        assertThat(CallState.expire(missed, at(60)).call().outcome()).isEqualTo(CallOutcome.MISSED);
    }

    @Test
    void group_in_which_all_declined_is_declined() {
        Call declined = CallState.decline(start(false, "bob"), "bob", at(5)).call();
        Call ended =
                CallState.leave(declined, "ann", CallLeaveReason.LEFT, at(6)).call();
        assertThat(ended.outcome()).isEqualTo(CallOutcome.DECLINED);
        assertThat(ended.endedBy()).isEqualTo("ann");
    }

    @Test
    void call_whose_devices_could_not_connect_has_failed() {
        Call active = in("active", true);
        Call failing = CallState.update(active, "ann", new UpdateCall("call", null, null, null, false))
                .call();
        assertThat(CallState.end(failing, "ann", at(9)).call().outcome()).isEqualTo(CallOutcome.FAILED);
        Call connected = CallState.update(failing, "bob", new UpdateCall("call", null, null, null, true))
                .call();
        Call later = CallState.update(connected, "ann", new UpdateCall("call", null, null, null, false))
                .call();
        assertThat(CallState.end(later, "ann", at(9)).call().outcome()).isEqualTo(CallOutcome.COMPLETED);
    }

    @Test
    void call_is_full() {
        Call call = start(false);
        for (String user : List.of("bob", "cid", "dan")) {
            call = join(call, user, at(1));
        }
        Call full = call;
        assertThat(catchThrowableOfType(ChatException.class, () -> join(full, "eve", at(2)))
                        .code())
                .isEqualTo(ErrorCode.CALL_FULL);
        assertThat(CallState.join(full, new NewParticipant("new", "dan", "k"), "dan", MAX, at(2))
                        .call()
                        .participants())
                .hasSize(MAX);
    }

    @Test
    void reload_replaces_the_participant_and_takes_a_new_index() {
        CallStep step = CallState.join(in("active", true), new NewParticipant("new", "ann", "k"), "ann", MAX, at(9));
        assertThat(kinds(step)).containsExactly(CallFact.Kind.LEFT, CallFact.Kind.JOINED);
        assertThat(facts(step).get(0).reason()).isEqualTo(CallLeaveReason.REPLACED);
        assertThat(step.call().peers()).extracting(CallPeer::index).containsExactly(2, 3);
        assertThat(step.call().users()).containsExactly("ann", "bob");
    }

    @Test
    void renewed_participants_remain_for_twelve_hours() {
        Call call = in("active", true);
        Instant now = T;
        while (!call.isEnded()) {
            now = now.plusSeconds(30);
            call = CallState.expire(
                            CallState.renew(call, Set.of("ann", "bob"), now).call(), now)
                    .call();
        }
        assertThat(Duration.between(T, now)).isEqualTo(CallState.MAX);
        assertThat(call.outcome()).isEqualTo(CallOutcome.COMPLETED);
    }

    @Test
    void away_participant_is_not_renewed() {
        Call away = in("away", true);
        assertThat(CallState.renew(away, Set.of("ann"), at(20)).isUnchanged()).isTrue();
    }

    @Test
    void recorded_call_can_be_replaced() {
        Call ended = in("ended", true);
        assertThat(ended.isReplaceable()).isFalse();
        assertThat(CallState.record(ended).call().isReplaceable()).isTrue();
        assertThat(CallState.record(CallState.record(ended).call()).isUnchanged())
                .isTrue();
    }

    /** Plays random calls, and compares each with what its users have seen. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void random_calls_keep_their_promises(boolean isDirect) {
        for (int seed = 0; seed < 2_000; seed++) {
            new Play(isDirect, seed).run();
        }
    }

    /** One random call, and a model of it that knows only the facts. */
    private static final class Play {
        private static final List<String> USERS = List.of("ann", "bob", "cid", "dan", "eve");

        private final boolean isDirect;
        private final int seed;
        private final Random random;
        private final Map<String, CallPeer> seen = new HashMap<>();
        private final Set<String> ringing = new HashSet<>();
        private final List<Integer> indexes = new ArrayList<>(List.of(1));
        private Instant now = T;
        private boolean isEnded;
        private int devices;

        @Nullable
        private String last;

        private Play(boolean isDirect, int seed) {
            this.isDirect = isDirect;
            this.seed = seed;
            this.random = new Random(seed);
        }

        private void run() {
            Call call = isDirect ? start(true, "bob") : start(false, "bob", "cid", "dan");
            ringing.addAll(call.ringing());
            call.peers().forEach(peer -> seen.put(peer.participantId(), peer));
            for (int i = 0; i < 60 && !call.isEnded(); i++) {
                now = now.plusSeconds(random.nextInt(isDirect ? 8 : 14));
                call = check(call, next(call));
                call = check(call, CallState.expire(call, now));
                if (!call.isEnded()) {
                    assertThat(CallState.dueAt(call)).as(context()).isAfter(now);
                    Instant before = CallState.dueAt(call).minusMillis(1);
                    assertThat(CallState.expire(call, before).isUnchanged())
                            .as(context())
                            .isTrue();
                    assertThat(CallState.expire(call, CallState.dueAt(call)).isUnchanged())
                            .as(context())
                            .isFalse();
                }
            }
        }

        private CallStep next(Call call) {
            String user = USERS.get(random.nextInt(isDirect ? 2 : USERS.size()));
            String device = call.participantOf(user).map(CallParticipant::id).orElse("none");
            int choice = random.nextInt(12);
            last = choice + " " + user;
            try {
                return switch (choice) {
                    case 0, 1, 2 -> CallState.join(call, newDevice(user), null, MAX, now);
                    case 3 -> CallState.decline(call, user, now);
                    case 4 -> CallState.leave(call, device, CallLeaveReason.LEFT, now);
                    case 5, 6 -> CallState.away(call, device, now);
                    case 7 -> CallState.rejoin(call, device, now);
                    case 8 -> CallState.join(call, newDevice(user), device, MAX, now);
                    case 9 -> CallState.remove(call, user, now);
                    default ->
                        CallState.renew(
                                call,
                                call.participants().stream()
                                        .map(CallParticipant::id)
                                        .toList(),
                                now);
                };
            } catch (ChatException refusal) {
                assertThat(refusal.code())
                        .as(context())
                        .isIn(ErrorCode.CALL_NOT_FOUND, ErrorCode.ANSWERED_ELSEWHERE, ErrorCode.CALL_FULL);
                return CallStep.unchanged(call);
            }
        }

        private NewParticipant newDevice(String user) {
            return new NewParticipant("device" + ++devices, user, "key");
        }

        /** The facts alone must lead to the call after the step. */
        private Call check(Call before, CallStep step) {
            Call call = step.call();
            assertThat(call.revision()).as(context()).isEqualTo(before.revision() + (step.isUnchanged() ? 0 : 1));
            step.facts().forEach(this::apply);
            assertThat(call.isEnded()).as(context()).isEqualTo(isEnded);
            assertThat(Set.copyOf(call.ringing())).as(context()).isEqualTo(ringing);
            assertThat(call.peers()).as(context()).containsExactlyInAnyOrderElementsOf(seen.values());
            assertThat(call.participants().stream().map(CallParticipant::userId))
                    .as(context())
                    .doesNotHaveDuplicates();
            assertThat(call.participants()).as(context()).hasSizeLessThanOrEqualTo(isDirect ? 2 : MAX);
            assertThat(indexes).as(context()).doesNotHaveDuplicates().isSorted();
            if (call.isEnded()) {
                assertThat(call.outcome() == CallOutcome.COMPLETED || call.outcome() == CallOutcome.LOST)
                        .as(context())
                        .isEqualTo(call.users().size() > 1);
            }
            return call;
        }

        private void apply(CallFact fact) {
            assertThat(isEnded).as("%s: %s after the end", context(), fact).isFalse();
            switch (fact.kind()) {
                case STARTED -> throw new AssertionError(context());
                case JOINED -> {
                    assertThat(seen.put(fact.peer().participantId(), fact.peer()))
                            .as(context())
                            .isNull();
                    indexes.add(fact.peer().index());
                }
                case UPDATED ->
                    assertThat(seen.put(fact.peer().participantId(), fact.peer()))
                            .as(context())
                            .isNotNull();
                case MOVED ->
                    assertThat(seen).as(context()).containsKey(fact.peer().participantId());
                case LEFT ->
                    assertThat(seen.remove(fact.peer().participantId()))
                            .as(context())
                            .isNotNull();
                case DECLINED -> assertThat(ringing).as(context()).contains(fact.userId());
                case SILENCED ->
                    assertThat(ringing.remove(fact.userId())).as(context()).isTrue();
                case ENDED -> {
                    isEnded = true;
                    seen.clear();
                    ringing.clear();
                }
            }
        }

        private String context() {
            return "seed " + seed + " at " + Duration.between(T, now) + ": " + last;
        }
    }
}
