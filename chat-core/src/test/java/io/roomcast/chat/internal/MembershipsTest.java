package io.roomcast.chat.internal;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipsTest {
    private final VirtualTime time = new VirtualTime();
    private final ChatStore store = ChatStore.inMemory();
    private int asked;
    private Runnable onAnswer = () -> {};
    private final Memberships memberships = new Memberships(counting(), time.clock());

    /** The store, which counts how often it is asked for a member and does something before it answers. */
    private ChatStore counting() {
        return (ChatStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChatStore.class}, (proxy, method, arguments) -> {
                    Object answer = call(method, arguments);
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
    void members_and_strangers_are_asked_for_once() {
        for (int i = 0; i < 3; i++) {
            assertThat(memberships.member("g", "ann").map(Member::role)).contains(Role.OWNER);
            assertThat(memberships.isMember("g", "cid")).isFalse();
            assertThat(memberships.isMember("none", "ann")).isFalse();
        }
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void after_half_a_minute_the_store_is_asked_again() {
        memberships.isMember("g", "bob");
        store.removeMember("g", "bob");
        assertThat(memberships.isMember("g", "bob")).isTrue();
        time.advance(Duration.ofSeconds(30));
        assertThat(memberships.isMember("g", "bob")).isFalse();
    }

    @Test
    void change_is_known_at_once() {
        memberships.isMember("g", "bob");
        store.removeMember("g", "bob");
        memberships.changed("g", List.of("bob"));
        assertThat(memberships.isMember("g", "bob")).isFalse();
    }

    @Test
    void answer_that_a_removal_overtook_is_not_kept() {
        onAnswer = () -> {
            onAnswer = () -> {};
            store.removeMember("g", "bob");
            memberships.changed("g", List.of("bob"));
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
