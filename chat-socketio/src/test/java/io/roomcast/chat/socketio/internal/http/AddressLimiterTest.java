package io.roomcast.chat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.roomcast.chat.socketio.internal.channel.AddressRange;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLimiterTest {
    private static final String STRANGER = "203.0.113.7";
    private static final String PROXY = "10.1.2.3";

    private final AddressLimiter addresses =
            new AddressLimiter(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8")), 2, 3);

    @Test
    void address_has_a_maximum_of_connections() {
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
    void address_that_represents_many_clients_is_not_limited(String address) {
        for (int i = 0; i < 10; i++) {
            assertThat(addresses.admit(from(address))).isTrue();
        }
    }

    @Test
    void address_has_a_maximum_of_handshakes_per_second() {
        AddressLimiter quick = new AddressLimiter(List.of(), 100, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(quick.admitSession(STRANGER)).isPresent();
        }
        assertThat(quick.admitSession(STRANGER)).isEmpty();
        assertThat(quick.admitSession("203.0.113.8")).isPresent();
    }

    @Test
    void address_has_a_maximum_of_sessions() {
        Runnable end = addresses.admitSession(STRANGER).orElseThrow();
        assertThat(addresses.admitSession(STRANGER)).isPresent();
        assertThat(addresses.admitSession(STRANGER)).isEmpty();
        end.run();
        AddressLimiter later = new AddressLimiter(List.of(), 1, 100);
        later.admitSession(STRANGER).orElseThrow().run();
        assertThat(later.admitSession(STRANGER)).isPresent();
    }

    @Test
    void requests_of_a_forwarded_address_are_counted_until_they_end() {
        HttpHeaders client = headers(STRANGER);
        Runnable end = addresses.admitForwarded(from(PROXY), client).orElseThrow();
        assertThat(addresses.admitForwarded(from("10.9.9.9"), client)).isPresent();
        assertThat(addresses.admitForwarded(from(PROXY), client)).isEmpty();
        assertThat(addresses.admitForwarded(from(PROXY), headers("203.0.113.8")))
                .isPresent();
        end.run();
        assertThat(addresses.admitForwarded(from(PROXY), client)).isPresent();
    }

    @ParameterizedTest(name = "{0} says {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            10.1.2.3    | 203.0.113.7                        | 203.0.113.7
            10.1.2.3    | 8.8.8.8, 203.0.113.7               | 203.0.113.7
            10.1.2.3    | 8.8.8.8,203.0.113.7                | 203.0.113.7
            10.1.2.3    | 203.0.113.7, 10.0.0.1              | 203.0.113.7
            10.1.2.3    | 8.8.8.8, 203.0.113.7, 10.0.0.1, 10.0.0.2 | 203.0.113.7
            10.1.2.3    | 203.0.113.7, fd00::1               | 203.0.113.7
            10.1.2.3    | 203.0.113.7:4711                   | 203.0.113.7
            10.1.2.3    | "203.0.113.7:4711"                 | 203.0.113.7
            10.1.2.3    | 203.0.113.7 ,                      | 203.0.113.7
            10.1.2.3    | , ,203.0.113.7                     | 203.0.113.7
            10.1.2.3    | 2001:db8:1:2:3:4:5:6               | 2001:db8:1:2:0:0:0:0/64
            10.1.2.3    | 2001:DB8:1:2::9                    | 2001:db8:1:2:0:0:0:0/64
            10.1.2.3    | [2001:db8:1:2::9]                  | 2001:db8:1:2:0:0:0:0/64
            10.1.2.3    | [2001:db8:1:2::9]:4711             | 2001:db8:1:2:0:0:0:0/64
            10.1.2.3    | "[2001:db8:1:2::9]:4711"           | 2001:db8:1:2:0:0:0:0/64
            10.1.2.3    | fe80::1%eth0                       | fe80:0:0:0:0:0:0:0/64
            10.1.2.3    | ::ffff:203.0.113.7                 | 203.0.113.7
            10.1.2.3    | ::FFFF:CB00:7107                   | 203.0.113.7
            10.1.2.3    | [::ffff:203.0.113.7]:80            | 203.0.113.7
            10.1.2.3    | 203.0.113.7, ::ffff:10.0.0.1       | 203.0.113.7
            10.1.2.3    | 203.0.113.7, junk                  | 10.1.2.3
            10.1.2.3    | 203.0.113.7, unknown, 10.0.0.9     | 10.0.0.9
            10.1.2.3    | unix:                              | 10.1.2.3
            10.1.2.3    | proxy.example                      | 10.1.2.3
            10.1.2.3    | 999.0.0.1                          | 10.1.2.3
            10.1.2.3    | [::1                               | 10.1.2.3
            10.1.2.3    | 10.0.0.1, 10.0.0.2                 | -
            10.1.2.3    | -                                  | -
            203.0.113.7 | 8.8.8.8                            | 203.0.113.7
            203.0.113.7 | 10.0.0.1                           | 203.0.113.7
            127.0.0.1   | 8.8.8.8                            | -
            2001:db8::7 | 8.8.8.8                            | 2001:db8:0:0:0:0:0:0/64
            ::ffff:203.0.113.7 | -                           | 203.0.113.7
            """)
    void client_is_the_rightmost_address_that_is_not_a_trusted_proxy(String peer, String list, String client) {
        HttpHeaders headers = headers(list == null ? "" : list);
        assertThat(addresses.client(from(peer), headers)).isEqualTo(client == null ? "" : client);
    }

    @Test
    void list_may_span_several_headers() {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add("X-Forwarded-For", "8.8.8.8")
                .add("X-Forwarded-For", "203.0.113.7")
                .add("X-Forwarded-For", "10.0.0.1");
        assertThat(addresses.client(from(PROXY), headers)).isEqualTo("203.0.113.7");
    }

    @Test
    void other_headers_are_ignored() {
        HttpHeaders headers = headers(STRANGER).set("Forwarded", "for=8.8.8.8").set("X-Real-IP", "8.8.4.4");
        assertThat(addresses.client(from(PROXY), headers)).isEqualTo(STRANGER);
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
        "2001:db8::/32, 2001:db9::1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "::ffff:10.0.0.0/104, 10.255.0.1, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false",
        "::ffff:10.0.0.7, 10.0.0.7, true"
    })
    void range_contains_addresses_with_its_prefix(String range, String address, boolean holds) {
        assertThat(AddressRange.parse(range).contains(socket(address).getAddress()))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "999.0.0.1",
                "::1/129",
                "::ffff:10.0.0.0/95"
            })
    void malformed_range_is_rejected(String text) {
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
