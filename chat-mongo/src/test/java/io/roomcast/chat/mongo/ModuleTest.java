package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomcast.chat.testkit.PublicApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private static final PublicApi API = PublicApi.of(Path.of("target/classes"));

    @Test
    void module_exports_one_package() {
        assertThat(API.exported()).containsExactly("io.roomcast.chat.mongo");
    }

    @Test
    void signatures_name_only_what_hosts_can_see() {
        assertThat(API.leaks()).isEmpty();
    }
}
