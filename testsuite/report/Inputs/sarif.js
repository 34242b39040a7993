// SPDX-License-Identifier: GPL-2.0-only
//
// sarif.js FILE: judge FILE by the schema of SARIF 2.1.0 and by what the standard
// asks for beyond it.
'use strict';

const fs = require('fs');
const Ajv = require('ajv');
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

const ajv = new Ajv({ schemaId: 'auto', allErrors: true, logger: false });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const valid = ajv.compile(schema);

const faults = [];
const expect = (fact, what) => fact || faults.push(what);

function checkLocation(at) {
	const { artifactLocation: file, region } = at.physicalLocation;

	expect(!/^([a-z]+:|\/)|\\/i.test(file.uri), `${file.uri}: not relative`);
	expect(file.uriBaseId === 'SRCROOT', `${file.uri}: relative to what?`);
	expect(region.startLine > 0 && region.startColumn > 0, `${file.uri}: no line`);
}

function checkResult(result, rules) {
	const flow = result.codeFlows[0].threadFlows[0].locations;
	const [at] = result.locations;

	expect(rules.has(result.ruleId), `${result.ruleId}: not among the rules`);
	result.locations.concat(result.relatedLocations).forEach(checkLocation);
	flow.map((step) => step.location).forEach(checkLocation);
	expect(flow[0].nestingLevel === 0, 'a flow begins in a callee');
	expect(JSON.stringify(flow.at(-1).location.physicalLocation) ===
		JSON.stringify(at.physicalLocation), 'a flow ends elsewhere');
}

function checkRule(rule) {
	expect(/^# /m.test(rule.help.markdown), `${rule.id}: no page`);
	expect(/\w/.test(rule.fullDescription.text), `${rule.id}: no sentence`);
}

const log = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const [run] = log.runs;
const rules = new Map(run.tool.driver.rules.map((rule) => [rule.id, rule]));
const suppressed = run.results.filter((r) => r.suppressions?.length);
const ids = run.results.map((r) => r.partialFingerprints['mmucheckIdentity/v1']);

if (!valid(log))
	valid.errors.forEach((e) => faults.push(`${e.dataPath} ${e.message}`));
run.tool.driver.rules.forEach(checkRule);
run.results.forEach((result) => checkResult(result, rules));
expect(new Set(ids).size === ids.length, 'two results of one fingerprint');
expect(!suppressed.length || run.results.every((r) => r.suppressions),
	'a result does not say whether it is suppressed');
suppressed.forEach((r) => expect(/\w/.test(r.suppressions[0].justification), 'no reason'));
expect(rules.size === run.tool.driver.rules.length, 'a rule twice');

// What judges has to be able to say no.
expect(!valid({ ...log, version: '2.0.0' }), 'the schema takes any version');
expect(!valid({ ...log, runs: [{ ...run, columnKind: 'bytes' }] }),
	'the schema takes any word');

suppressed.forEach((r) => console.log(r.suppressions[0].kind, r.ruleId, r.locations[0].physicalLocation.region.startLine,
	r.suppressions[0].justification));
faults.forEach((fault) => console.log(`error: ${fault}`));
console.log(`${run.results.length} results, ${rules.size} rules, ${faults.length} faults`);
