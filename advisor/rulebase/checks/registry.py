"""Every check across files; a new one is added here and gets an animal in the zoo of tests."""

from collections.abc import Callable, Iterator

from advisor.errors import Fault
from advisor.rulebase.checks import (
    broken,
    circles,
    citations,
    coverage,
    duplicates,
    names,
    questionnaire,
    references,
    rubric,
    single_count,
)
from advisor.rulebase.raw import RawRuleBase

Check = Callable[[RawRuleBase], Iterator[Fault]]

REFERENCES: tuple[Check, ...] = (
    references.check_claims_exist,
    references.check_subjects_exist,
    references.check_sources_exist,
    references.check_frameworks_exist,
    references.check_edges_exist,
    references.check_backends_exist,
    references.check_questions_exist,
    references.check_tools_exist,
    broken.check_broken_entries,
)
"""These come first: what an unknown id was meant to be is not called unused by the others."""

CHECKS: tuple[Check, ...] = (
    *REFERENCES,
    duplicates.check_ids_are_unique,
    duplicates.check_topics_are_unique,
    duplicates.check_parts_are_unique,
    names.check_reserved_words,
    names.check_file_names,
    questionnaire.check_topics_list_questions,
    questionnaire.check_questions_are_listed,
    questionnaire.check_applies_looks_back,
    questionnaire.check_scenarios_can_be_answered,
    circles.check_support_ends,
    circles.check_proof_ends,
    circles.check_succession_ends,
    citations.check_claims_have_sources,
    citations.check_facts_have_evidence,
    citations.check_documents_are_shown,
    citations.check_opinions_rest_on_claims,
    citations.check_claims_are_used,
    citations.check_background_stays_back,
    rubric.check_deciding_rules,
    rubric.check_exceptions_are_few,
    rubric.check_limits_name_one,
    rubric.check_something_counts,
    rubric.check_stops_are_hard,
    rubric.check_roles_are_taken,
    single_count.check_claims_count_once,
    coverage.check_choices_are_used,
    coverage.check_neutral_choices_move_nothing,
    coverage.check_frameworks_have_reasons,
    coverage.check_subjects_are_used,
    coverage.check_edges_join_two,
)
