package io.roomcast.chat.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.model.Member;
import io.roomcast.chat.model.NewConversation;
import io.roomcast.chat.model.Role;
import io.roomcast.chat.spi.ChatStore;
import io.roomcast.chat.time.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipCacheTest {
    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private int asked;
    private int calls;
    private Runnable onAnswer = () -> {};
    private final MembershipCache memberships = new MembershipCache(counting(), time.clock());

    /** A store that counts look-ups of members, and runs a hook before it returns. */
    private ChatStore counting() {
        return (ChatStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                    Object answer = call(method, arguments);
                    calls++;
                    asked += method.getName().equals("member") ? 1 : 0;
                    onAnswer.run();
                    return answer;
                });
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    @BeforeEach
    void makeGroup() {
        store.create(NewConversation.group("g", "Group", List.of("ann", "bob")));
    }

    @Test
    void members_and_non_members_are_looked_up_once() {
        for (int i = 0; i < 3; i++) {
            assertThat(memberships.member("g", "ann").map(Member::role)).contains(Role.OWNER);
            assertThat(memberships.isMember("g", "cid")).isFalse();
            assertThat(memberships.isMember("none", "ann")).isFalse();
        }
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void member_is_looked_up_again_after_30_seconds() {
        memberships.isMember("g", "bob");
        store.removeMember("g", "bob");
        assertThat(memberships.isMember("g", "bob")).isTrue();
        time.advance(Duration.ofSeconds(30));
        assertThat(memberships.isMember("g", "bob")).isFalse();
    }

    @Test
    void non_member_is_looked_up_again_after_a_second() {
        assertThat(memberships.isMember("g", "cid")).isFalse();
        store.addMembers("g", Set.of("cid"));
        time.advance(Duration.ofMillis(999));
        assertThat(memberships.isMember("g", "cid")).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(memberships.isMember("g", "cid")).isTrue();
    }

    @Test
    void id_without_a_conversation_stays_open_for_a_second() {
        assertThat(memberships.isOpen("h")).isTrue();
        store.create(NewConversation.group("h", "Group", List.of("ann")));
        time.advance(MembershipCache.ABSENCE_LIFETIME);
        assertThat(memberships.isOpen("h")).isFalse();
    }

    @Test
    void group_created_by_this_server_is_visible_immediately() {
        assertThat(memberships.isOpen("h")).isTrue();
        store.create(NewConversation.group("h", "Group", List.of("ann")));
        memberships.invalidateKind("h");
        assertThat(memberships.isOpen("h")).isFalse();
    }

    @Test
    void open_and_direct_ids_need_no_conversation() {
        store.create(NewConversation.open("o"));
        assertThat(memberships.isOpen("o")).isTrue();
        assertThat(memberships.isOpen("g")).isFalse();
        assertThat(memberships.isOpen(NewConversation.direct("ann", "bob").conversationId()))
                .isFalse();
    }

    @Test
    void several_conversations_are_preloaded_with_two_calls() {
        List<String> ids = IntStream.range(0, 200).mapToObj(i -> "c" + i).toList();
        ids.stream().limit(100).forEach(id -> store.create(NewConversation.group(id, id, List.of("ann"))));
        calls = 0;
        memberships.preload("ann", ids);
        assertThat(calls).isEqualTo(2);
        assertThat(ids).filteredOn(id -> memberships.isMember(id, "ann")).hasSize(100);
        assertThat(ids).filteredOn(memberships::isOpen).hasSize(100);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void change_is_visible_immediately() {
        memberships.isMember("g", "bob");
        store.removeMember("g", "bob");
        memberships.invalidate("g", List.of("bob"));
        assertThat(memberships.isMember("g", "bob")).isFalse();
    }

    @Test
    void lookup_overtaken_by_a_removal_is_not_cached() {
        onAnswer = () -> {
            onAnswer = () -> {};
            store.removeMember("g", "bob");
            memberships.invalidate("g", List.of("bob"));
        };
        memberships.isMember("g", "bob");
        assertThat(memberships.isMember("g", "bob")).isFalse();
    }

    @Test
    void nothing_is_left_after_the_close() {
        memberships.isMember("g", "bob");
        memberships.close();
        assertThat(memberships.size()).isZero();
    }
}
