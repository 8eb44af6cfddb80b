-- The roles of people beside those of systems; authors of rules get their full name.
ALTER TABLE api_key DROP CONSTRAINT api_key_role_check;
UPDATE api_key SET role = 'RULE_AUTHOR' WHERE role = 'AUTHOR';
ALTER TABLE api_key ADD CONSTRAINT api_key_role_check
  CHECK (role IN ('ADMIN', 'ANALYST', 'SENIOR', 'COMPLIANCE', 'APPROVER', 'RULE_AUTHOR', 'AUDITOR',
    'OPERATOR', 'REPORTER', 'VIEWER'));
