package io.roomcast.examples.benchmarks.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StorageOptionsTest {
    @Test
    void options_areTheWholeMatrixByDefault() {
        StorageOptions options = StorageOptions.parse();

        assertThat(options.strategies()).containsExactly(Strategy.values());
        assertThat(options.cells()).hasSize(27).doesNotHaveDuplicates();
    }

    @Test
    void options_choose() {
        StorageOptions options = StorageOptions.parse(
                "--strategies", "roomcast", "--rtt", "2", "--outstanding", "64", "--rooms", "1,10");

        assertThat(options.strategies()).containsExactly(Strategy.ROOMCAST);
        assertThat(options.cells()).containsExactly(new Cell(2, 64, 1), new Cell(2, 64, 10));
    }

    @Test
    void options_refuseWhatTheyDoNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> StorageOptions.parse("--strategies", "sql"));
        assertThatIllegalArgumentException().isThrownBy(() -> StorageOptions.parse("--room", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> StorageOptions.parse("--rooms"));
    }
}
