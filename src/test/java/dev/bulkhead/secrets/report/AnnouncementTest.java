package dev.bulkhead.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.secrets.report.RotationNews.Event;
import dev.bulkhead.secrets.report.RotationNews.News;
import dev.bulkhead.status.EventRecorder.Type;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    @Test
    void whatHappenedToOneEntryIsToldInFull() {
        assertThat(Announcement.of(List.of(published("db", 5))))
                .containsExactly(new Announcement(
                        Type.Normal, Event.RotationPublished, "entry db: rotation aaaa has published version 5"));
    }

    @Test
    void whatHappenedToSeveralIsToldOnce() {
        assertThat(Announcement.of(List.of(published("api", 2), published("db", 5))))
                .containsExactly(new Announcement(
                        Type.Normal, Event.RotationPublished, "2 entries have published a new version: api, db"));
    }

    @Test
    void ofThousandsTheFirstAreNamed() {
        var news = IntStream.range(0, 5_000)
                .mapToObj(i -> published("token-%04d".formatted(i), 2))
                .toList();

        assertThat(Announcement.of(news)).singleElement().satisfies(told -> assertThat(told.message())
                .startsWith("5000 entries have published a new version: token-0000, token-0001,")
                .endsWith("token-0009 and 4990 more"));
    }

    @Test
    void differentThingsAreToldApart() {
        var failed = new News("web", Type.Warning, Event.RotationFailed, "rotation bbbb has failed in Staged");
        var lost = Stream.of("old", "older")
                .map(entry -> new News(entry, Type.Warning, Event.SecretLost, "the vault doesn't hold it"))
                .toList();

        assertThat(Announcement.of(List.of(published("api", 2), failed, lost.getFirst(), lost.getLast())))
                .extracting(Announcement::message)
                .containsExactly(
                        "entry api: rotation aaaa has published version 2",
                        "entry web: rotation bbbb has failed in Staged",
                        "2 entries use a version that the vault doesn't hold; the status of the SecretScope says which: old, older");
    }

    private static News published(String entry, int version) {
        return new News(
                entry,
                Type.Normal,
                Event.RotationPublished,
                "rotation aaaa has published version %d".formatted(version));
    }
}
