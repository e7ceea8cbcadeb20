package io.roomcast.examples.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomcast.examples.benchmarks.targets.ClusterTarget;
import org.junit.jupiter.api.Test;

class ClusterOptionsTest {
    @Test
    void defaults_areAllChats() {
        ClusterOptions options = ClusterOptions.parse();

        assertThat(options.targets()).containsExactly(ClusterTarget.values());
        assertThat(options.pinning().processors()).isEmpty();
        assertThat(options.timing()).isEqualTo("medians of 3, each of 3 s, after 10 CPU seconds of load");
    }

    @Test
    void choices_areKept() {
        ClusterOptions options = ClusterOptions.parse(
                "--servers", "streams,roomcast", "--repeat", "1", "--server-cpu", "0", "--generator-cpu", "1");

        assertThat(options.targets()).containsExactly(ClusterTarget.ROOMCAST, ClusterTarget.STREAMS);
        assertThat(options.repetitions()).isEqualTo(1);
        assertThat(options.pinning().processors()).containsExactly("0", "1");
    }

    @Test
    void unknownServers_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterOptions.parse("--servers", "kafka"))
                .withMessageContaining("kafka")
                .withMessageContaining("roomcast-one");
    }
}
