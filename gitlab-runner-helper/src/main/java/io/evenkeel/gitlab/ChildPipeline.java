package io.evenkeel.gitlab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.gitlab.GitlabEnvironment.ChildJobs;
import io.evenkeel.pipeline.host.ShardJobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the child pipeline of a plan: as many shard jobs as the plan has, then the report.
 *
 * <p>JSON is YAML, and nobody's image name or command can break out of it. Thread-safe.
 */
final class ChildPipeline {

    /** GitLab takes child pipelines of five megabytes. */
    private static final int LARGEST = 5_000_000;

    private ChildPipeline() {}

    static void write(ChildJobs child, ShardJobs jobs) throws IOException {
        byte[] text = yaml(child, jobs).getBytes(StandardCharsets.UTF_8);
        if (text.length > LARGEST) {
            throw new IOException("it has " + text.length + " bytes, GitLab takes " + LARGEST);
        }
        Path folder = child.file().toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(child.file(), text);
    }

    static String yaml(ChildJobs child, ShardJobs jobs) {
        ObjectNode pipeline = new ObjectMapper().createObjectNode();
        pipeline.putArray("stages").add("test").add("report");
        // Only the parent knows whether a pipeline is wanted.
        pipeline.putObject("workflow").putArray("rules").addObject().put("when", "always");
        ArrayNode needs = new ObjectMapper().createArrayNode();
        for (int index : jobs.busy()) {
            String name = "evenkeel " + index + "/" + jobs.total();
            ObjectNode job = job(pipeline, name, "test", child.image().shard(), child);
            variables(job, jobs).put("EVENKEEL_SHARD", index + "/" + jobs.total());
            parentPlan(job.putArray("needs"), child);
            job.putArray("script").add(child.scripts().shard());
            // A failed test is judged by the report; what is not a failed test stays red.
            job.putObject("allow_failure").putArray("exit_codes").add(1);
            artifacts(job).add(".evenkeel/spool").add(".evenkeel/blob").add("test-results");
            needs.addObject().put("job", name).put("artifacts", true);
        }
        ObjectNode report =
                job(pipeline, "evenkeel report", "report", child.image().report(), child);
        variables(report, jobs);
        parentPlan(needs, child);
        report.set("needs", needs);
        report.put("when", "always");
        report.putArray("script").add(child.scripts().report());
        artifacts(report).add(".evenkeel").add("test-results");
        ObjectNode reports = ((ObjectNode) report.get("artifacts")).putObject("reports");
        reports.put("junit", ".evenkeel/gitlab/junit.xml");
        reports.put("codequality", ".evenkeel/gitlab/code-quality.json");
        reports.put("metrics", ".evenkeel/gitlab/metrics.txt");
        reports.put("dotenv", ".evenkeel/gitlab/evenkeel.env");
        return "# Written by evenkeel plan for run " + jobs.runKey() + ". JSON is YAML.\n" + pipeline.toPrettyString()
                + "\n";
    }

    private static ObjectNode job(ObjectNode pipeline, String name, String stage, String image, ChildJobs child) {
        ObjectNode job = pipeline.putObject(name);
        job.put("stage", stage);
        if (!image.isEmpty()) {
            job.put("image", image);
        }
        if (!child.setup().isEmpty()) {
            job.putArray("before_script").add(child.setup());
        }
        return job;
    }

    private static ObjectNode variables(ObjectNode job, ShardJobs jobs) {
        return job.putObject("variables").put("EVENKEEL_RUN", jobs.runKey());
    }

    private static void parentPlan(ArrayNode needs, ChildJobs child) {
        needs.addObject().put("pipeline", "$PARENT_PIPELINE_ID").put("job", child.planJob());
    }

    private static ArrayNode artifacts(ObjectNode job) {
        ObjectNode artifacts = job.putObject("artifacts");
        artifacts.put("when", "always").put("expire_in", "1 week");
        return artifacts.putArray("paths");
    }
}
