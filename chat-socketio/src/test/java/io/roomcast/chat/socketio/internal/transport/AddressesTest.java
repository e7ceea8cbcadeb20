package io.roomcast.chat.socketio.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static final String STRANGER = "203.0.113.7";
    private static final String PROXY = "10.1.2.3";

    private final Addresses addresses = new Addresses(List.of(AddressRange.parse("10.0.0.0/8")), 2, 3);

    @Test
    void address_has_so_many_connections_and_no_more() {
        EmbeddedChannel first = from(STRANGER);
        assertThat(addresses.admit(first)).isTrue();
        assertThat(addresses.admit(from(STRANGER))).isTrue();
        assertThat(addresses.admit(from(STRANGER))).isFalse();
        assertThat(addresses.admit(from("203.0.113.8"))).isTrue();
        first.close();
        first.runPendingTasks();
        assertThat(addresses.admit(from(STRANGER))).isTrue();
        assertThat(addresses.admit(from(STRANGER))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {PROXY, "127.0.0.1", "::1"})
    void address_that_stands_for_many_clients_is_not_counted(String address) {
        for (int i = 0; i < 10; i++) {
            assertThat(addresses.admit(from(address))).isTrue();
        }
    }

    @Test
    void address_opens_so_many_sessions_a_second_and_no_more() {
        for (int i = 0; i < 3; i++) {
            assertThat(addresses.admitHandshake(from(STRANGER), headers(""))).isTrue();
        }
        assertThat(addresses.admitHandshake(from(STRANGER), headers(""))).isFalse();
        assertThat(addresses.admitHandshake(from("203.0.113.8"), headers(""))).isTrue();
    }

    @Test
    void behind_a_trusted_proxy_the_client_is_counted() {
        for (int i = 0; i < 3; i++) {
            assertThat(addresses.admitHandshake(from(PROXY), headers(i + ".0.0.0, " + STRANGER)))
                    .isTrue();
        }
        assertThat(addresses.admitHandshake(from(PROXY), headers("8.8.8.8, " + STRANGER)))
                .isFalse();
        assertThat(addresses.admitHandshake(from(PROXY), headers("203.0.113.8")))
                .isTrue();
    }

    @Test
    void stranger_cannot_name_somebody_else() {
        for (int i = 0; i < 3; i++) {
            addresses.admitHandshake(from(STRANGER), headers(i + ".0.0.0"));
        }
        assertThat(addresses.admitHandshake(from(STRANGER), headers("9.9.9.9"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.1.0/25, 192.168.1.127, true",
        "192.168.1.0/25, 192.168.1.128, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.8, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false"
    })
    void range_holds_what_shares_its_first_bits(String range, String address, boolean holds) {
        assertThat(AddressRange.parse(range).contains(socket(address).getAddress()))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "999.0.0.1", "::1/129"})
    void text_that_names_no_range_is_refused(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static EmbeddedChannel from(String address) {
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return socket(address);
            }
        };
    }

    private static InetSocketAddress socket(String address) {
        return new InetSocketAddress(address, 4711);
    }

    private static HttpHeaders headers(String forwardedFor) {
        HttpHeaders headers = new DefaultHttpHeaders();
        return forwardedFor.isEmpty() ? headers : headers.set("X-Forwarded-For", forwardedFor);
    }
}
