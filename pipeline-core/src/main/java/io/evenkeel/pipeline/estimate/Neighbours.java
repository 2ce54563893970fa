package io.evenkeel.pipeline.estimate;

import io.evenkeel.pipeline.estimate.Estimate.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean duration of the tests around a place: file, folders, suite, with and without the project. Immutable.
 *
 * <p>A test that is new in one project and has history in another one stands in the same file there, so the file's mean is
 * already close.
 */
final class Neighbours {

    /** Sum and number of what is known at a place. */
    private record Known(double nanos, int count) {

        Known plus(Known other) {
            return new Known(nanos + other.nanos, count + other.count);
        }
    }

    /** A project (or all of them, {@code ""} also stands for a suite without projects) and a file or folder. */
    private record Place(boolean ownProject, String project, String path) {}

    private final Map<Place, Known> places = new HashMap<>();

    Neighbours(List<KnownTest> tests, Map<String, Duration> values) {
        for (KnownTest test : tests) {
            Known known =
                    new Known(values.getOrDefault(test.id(), Duration.ZERO).toNanos(), 1);
            for (String path = test.file(); ; path = parent(path)) {
                places.merge(new Place(true, test.project(), path), known, Known::plus);
                places.merge(new Place(false, "", path), known, Known::plus);
                if (path.isEmpty()) {
                    break;
                }
            }
        }
    }

    /** Returns the mean of the nearest place with history, and where that is. */
    Estimate of(KnownTest test) {
        for (String path = test.file(); ; path = parent(path)) {
            Known known = places.get(new Place(true, test.project(), path));
            if (known == null) {
                known = places.get(new Place(false, "", path));
            }
            if (known != null) {
                Source source =
                        path.equals(test.file()) ? Source.FILE : path.isEmpty() ? Source.SUITE : Source.DIRECTORY;
                return new Estimate(Duration.ofNanos(Math.round(known.nanos() / known.count())), source);
            }
            if (path.isEmpty()) {
                return new Estimate(Estimator.DEFAULT, Source.DEFAULT);
            }
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
