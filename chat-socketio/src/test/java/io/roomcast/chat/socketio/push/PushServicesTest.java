package io.roomcast.chat.socketio.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.PushDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints are chosen by clients, which may want this server to call another one. */
class PushServicesTest {
    private final WebPush push =
            WebPush.builder(VapidKeys.generate(), "mailto:ops@example.com").build();

    @ParameterizedTest
    @CsvSource({
        "https://fcm.googleapis.com/fcm/send/abc, https://fcm.googleapis.com",
        "https://fcm.googleapis.com:443/fcm/send/abc, https://fcm.googleapis.com",
        "https://FCM.googleapis.com/fcm/send/abc, https://fcm.googleapis.com",
        "https://updates.push.services.mozilla.com/wpush/v2/abc, https://updates.push.services.mozilla.com",
        "https://web.push.apple.com/abc, https://web.push.apple.com",
        "https://wns2-by3p.notify.windows.com/w/?token=abc, https://wns2-by3p.notify.windows.com"
    })
    void endpoints_of_known_push_services_are_called(String endpoint, String service) {
        push.check(Browser.create().device(endpoint));
        assertThat(push.service(Browser.create().device(endpoint))).isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fcm.googleapis.com/fcm/send/abc",
                "//fcm.googleapis.com/fcm/send/abc",
                "http://fcm.googleapis.com/fcm/send/abc",
                "ftp://fcm.googleapis.com/abc",
                "file:///etc/passwd",
                "https:fcm.googleapis.com",
                "https:///abc",
                "https://fcm.googleapis.com:80/abc",
                "https://fcm.googleapis.com:8443/abc",
                "https://fcm.googleapis.com:0/abc",
                "https://fcm.googleapis.com:99999/abc",
                "https://user@fcm.googleapis.com/abc",
                "https://user:password@fcm.googleapis.com/abc",
                "https://fcm.googleapis.com@127.0.0.1/abc",
                "https://fcm.googleapis.com:443@127.0.0.1/abc",
                "https://127.0.0.1/#@fcm.googleapis.com/",
                "https://127.0.0.1/?@fcm.googleapis.com/",
                "https://127.0.0.1\\@fcm.googleapis.com/",
                "https://fcm.googleapis.com\\.attacker.example/",
                "https://fcm.googleapis.com%2f@attacker.example/",
                "https://fcm.googleapis.com%00.attacker.example/",
                "https://fcm.googleapis.com.attacker.example/abc",
                "https://fcm.googleapis.com./abc",
                "https://attacker.example/fcm.googleapis.com",
                "https://xfcm.googleapis.com/abc",
                "https://other.googleapis.com/abc",
                "https://push.apple.com/abc",
                "https://.push.apple.com/abc",
                "https://attackerpush.apple.com/abc",
                "https://a.push.apple.com.attacker.example/abc",
                "https://a_b.push.apple.com/abc",
                "https://localhost/abc",
                "https://127.0.0.1/abc",
                "https://2130706433/abc",
                "https://0x7f.1/abc",
                "https://0/abc",
                "https://10.0.0.1/abc",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/abc",
                "https://[::ffff:127.0.0.1]/abc",
                "https://[fe80::1%25eth0]/abc",
                "https://fcm.googleapis.com/abc#fragment",
                "https://fcm.googleapis.com/abc def",
                "https://fcm.googleapis.com/abc\r\nX-Injected: 1",
                "https://fcm.googleapis\u2024com/abc",
                "https://\uff46cm.googleapis.com/abc"
            })
    void no_other_endpoint_is_called(String endpoint) throws InterruptedException {
        Browser browser = Browser.create();
        assertThatThrownBy(() -> push.check(browser.device(endpoint)))
                .isInstanceOfSatisfying(ChatException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
                    assertThat(refused.field()).contains("token");
                });
        assertThat(Browser.text(push.send(browser.device(endpoint), Browser.message("Ann", "hello"))))
                .isEqualTo("INVALID: the endpoint is not that of a known push service");
    }

    @Test
    void host_may_add_push_services() {
        WebPush more = WebPush.builder(VapidKeys.generate(), "https://example.com/contact")
                .pushServices("push.example.com", "*.Push.Example.org:8443")
                .build();
        Browser browser = Browser.create();
        more.check(browser.device("https://push.example.com/abc"));
        more.check(browser.device("https://a.push.example.org:8443/abc"));
        more.check(browser.device("https://fcm.googleapis.com/abc"));
        assertThat(more.service(browser.device("https://a.push.example.org:8443/abc")))
                .isEqualTo("https://a.push.example.org:8443");
        for (String other : new String[] {
            "https://push.example.com:8443/abc", "https://a.push.example.org/abc", "https://push.example.org:8443/abc"
        }) {
            assertThatThrownBy(() -> more.check(browser.device(other))).isInstanceOf(ChatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.com",
                "*.*.com",
                "a.*.example.com",
                "https://push.example.com",
                "push.example.com/path",
                "user@push.example.com",
                "push.example.com:",
                "push.example.com:0",
                "push.example.com:65536",
                "push.example.com.",
                ".example.com",
                "push example.com",
                "-push.example.com"
            })
    void malformed_push_service_is_refused(String host) {
        WebPush.Builder builder = WebPush.builder(VapidKeys.generate(), "mailto:ops@example.com");
        assertThatThrownBy(() -> builder.pushServices(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hosts: " + host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ops@example.com", "mailto:", "mailto:ops", "http://example.com", "https://", "https:///x"})
    void malformed_subject_is_refused(String subject) {
        assertThatThrownBy(() -> WebPush.builder(VapidKeys.generate(), subject))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subject: " + subject);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a missing key, none, valid, keys.p256dh",
        "an empty key, '', valid, keys.p256dh",
        "no base64url, '!!', valid, keys.p256dh",
        "a short key, BAAA, valid, keys.p256dh",
        "a point that is not on the curve, off, valid, keys.p256dh",
        "the point at infinity, infinity, valid, keys.p256dh",
        "a point in the hybrid form, hybrid, valid, keys.p256dh",
        "a point in an unknown form, unknown, valid, keys.p256dh",
        "a coordinate beyond the field, beyond, valid, keys.p256dh",
        "a missing secret, valid, none, keys.auth",
        "a short secret, valid, AAAA, keys.auth",
        "a long secret, valid, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, keys.auth"
    })
    void invalid_keys_are_refused(String name, String publicKey, String auth, String field) throws Exception {
        PushDevice device = Keys.device(publicKey, auth);
        assertThatThrownBy(() -> push.check(device))
                .as(name)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.field()).contains(field));
        assertThat(Browser.text(push.send(device, Browser.message("Ann", "hello"))))
                .isEqualTo("INVALID: the device's keys are invalid");
    }
}
