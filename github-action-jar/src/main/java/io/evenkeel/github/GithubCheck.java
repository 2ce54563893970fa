package io.evenkeel.github;

import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.host.Remark;
import io.evenkeel.pipeline.host.Told;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRun.AnnotationLevel;
import org.kohsuke.github.GHCheckRun.Conclusion;
import org.kohsuke.github.GHCheckRunBuilder;
import org.kohsuke.github.GHCheckRunBuilder.Annotation;
import org.kohsuke.github.GHCheckRunBuilder.Output;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHRepository;

/** The check run of a suite on a commit, or the plain status where a token may not write checks. One thread. */
final class GithubCheck {

    /** Two requests full: the client sends 50 at a time, and nobody reads more. */
    private static final int MOST_OF_EACH_LEVEL = 50;

    /** GitHub takes 65,535 characters. */
    private static final int LARGEST_SUMMARY = 65_000;

    private static final int LONGEST_DESCRIPTION = 140;

    private final String commit;
    private final Publication publication;

    GithubCheck(String commit, Publication publication) {
        this.commit = commit;
        this.publication = publication;
    }

    private String name() {
        String key = publication.style().key();
        return key.equals("playwright") ? "Evenkeel" : "Evenkeel (" + key + ")";
    }

    /** Creates the check of this run, or updates it when this run has one already. */
    Told write(GHRepository repository) throws IOException {
        String run = publication.summary().facts().run();
        Optional<GHCheckRun> there = repository
                .getCheckRuns(commit, Map.of("check_name", name(), "filter", "latest"))
                .withPageSize(100)
                .toList()
                .stream()
                .filter(check -> run.equals(check.getExternalId()))
                .findFirst();
        GHCheckRunBuilder builder = there.isPresent()
                ? repository.updateCheckRun(there.get().getId())
                : repository.createCheckRun(name(), commit).withExternalID(run);
        builder.withStatus(GHCheckRun.Status.COMPLETED).withConclusion(conclusion());
        if (!publication.style().links().run().isEmpty()) {
            builder.withDetailsURL(publication.style().links().run());
        }
        Output output = new Output(publication.summary().sentence(), publication.markdown(LARGEST_SUMMARY));
        // GitHub adds annotations to those a check has; the same run has the same ones.
        boolean annotated = there.isPresent()
                && there.get().getOutput() != null
                && there.get().getOutput().getAnnotationsCount() > 0;
        if (!annotated) {
            remarks().forEach(remark -> output.add(annotation(remark)));
        }
        GHCheckRun written = builder.add(output).create();
        return Told.done("check", (there.isPresent() ? "updated " : "written ") + written.getHtmlUrl());
    }

    private List<Remark> remarks() {
        return Remark.of(publication, MOST_OF_EACH_LEVEL);
    }

    private static Annotation annotation(Remark remark) {
        AnnotationLevel level =
                remark.level() == Remark.Level.ERROR ? AnnotationLevel.FAILURE : AnnotationLevel.WARNING;
        String message = remark.message().isBlank() ? remark.title() : remark.message();
        return new Annotation(remark.path(), remark.line(), level, message).withTitle(remark.title());
    }

    private Conclusion conclusion() {
        return switch (publication.decision().code()) {
            case PASSED -> Conclusion.SUCCESS;
            case INTERRUPTED -> Conclusion.CANCELLED;
            case FAILED, WRONG_USE, UNPROVEN -> Conclusion.FAILURE;
        };
    }

    /** Sets the commit status; a later one with the same name replaces it. */
    Told writeStatus(GHRepository repository) throws IOException {
        GHCommitState state = switch (publication.decision().code()) {
            case PASSED -> GHCommitState.SUCCESS;
            case INTERRUPTED -> GHCommitState.ERROR;
            case FAILED, WRONG_USE, UNPROVEN -> GHCommitState.FAILURE;
        };
        String sentence = publication.summary().sentence();
        String description = sentence.length() <= LONGEST_DESCRIPTION
                ? sentence
                : sentence.substring(0, LONGEST_DESCRIPTION - 1) + "…";
        repository.createCommitStatus(commit, state, publication.style().links().run(), description, name());
        return Told.done("commit status", "set: the token may not write checks (checks: write)");
    }
}
